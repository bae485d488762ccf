import { createHash } from 'node:crypto'

/** A client key made from what names the cause: again the same when it comes a second time. */
export const keyFrom = (kind: string, ...names: string[]): string =>
  `${kind}.${createHash('sha256').update(names.join('\n')).digest('base64url').slice(0, 40)}`
