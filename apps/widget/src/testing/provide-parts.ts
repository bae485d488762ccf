import { provide, type Services } from '../chat/services.ts'

/** The parts that a test is about, and of them what it asks for; anything else throws when it is used. */
export function provideParts(parts: { [Part in keyof Services]?: Part extends 'base' ? string : object }): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a test stands in for what it calls, and for no more
  provide(parts as unknown as Services)
}
