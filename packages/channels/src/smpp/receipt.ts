import type { EventOf } from '../events.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import type { Config } from './config.ts'

/** Receipts: parameters where there are some, else the usual text (SMPP 3.4 §5.2.28, §5.3.2.35 and appendix B). */

export interface ReceiptText {
  id: string
  stat: string
  err?: string
  sub?: string
  dlvrd?: string
  submit?: string
  done?: string
  text?: string
}

const names = { 'submit date': 'submit', 'done date': 'done' } as const
const field =
  /\b(id|sub|dlvrd|submit date|done date|stat|err|text):(.*?)(?=\s+(?:sub|dlvrd|submit date|done date|stat|err|text):|$)/gisu

export function readReceipt(text: string): ReceiptText | null {
  const fields: Record<string, string> = {}
  for (const [, name = '', value = ''] of text.matchAll(field)) {
    const key = name.toLowerCase()
    fields[key === 'submit date' || key === 'done date' ? names[key] : key] ??= value.trim()
  }
  const { id, stat, ...others } = fields
  return id === undefined || stat === undefined ? null : { id, stat: stat.toUpperCase(), ...others }
}

const statesByNumber: Readonly<Record<number, string>> = {
  0: 'ENROUTE',
  1: 'ENROUTE',
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  6: 'ACCEPTD',
  7: 'UNKNOWN',
  8: 'REJECTD',
}
export const stateName = (number: number): string => statesByNumber[number] ?? 'UNKNOWN'

const failures: Readonly<Record<string, ProblemCode>> = {
  EXPIRED: 'unreachable',
  UNDELIV: 'unreachable',
  DELETED: 'provider-failed',
  REJECTD: 'content-refused',
}

/** Null for what says nothing yet, or nothing at all. */
export function markOf(stat: string, err?: string): { state: EventOf<'receipt'>['state']; problem?: Problem } | null {
  if (stat.startsWith('DELIV')) return { state: 'delivered' }
  if (stat.startsWith('ACCEPT') || stat === 'ENROUTE') return { state: 'sent' }
  const code = failures[stat.slice(0, 7)]
  if (!code) return null
  return { state: 'failed', problem: { code, providerCode: err && !/^0*$/u.test(err) ? `${stat} ${err}` : stat } }
}

type Ids = Pick<Config, 'receiptIds'>

/** One name for a message, however the response and the receipt write its number. */
export const idInResponse = (id: string, { receiptIds }: Ids): string =>
  receiptIds === 'decimal-of-hex' ? numberIn(id, 16) : receiptIds === 'hex-of-decimal' ? numberIn(id, 10) : id.trim()
export const idInReceipt = (id: string, { receiptIds }: Ids): string =>
  receiptIds === 'decimal-of-hex' ? numberIn(id, 10) : receiptIds === 'hex-of-decimal' ? numberIn(id, 16) : id.trim()

function numberIn(id: string, base: 10 | 16): string {
  const digits = id.trim()
  const fits = base === 16 ? /^[0-9a-f]{1,64}$/iu.test(digits) : /^\d{1,64}$/u.test(digits)
  return fits ? BigInt(base === 16 ? `0x${digits}` : digits).toString() : digits
}
