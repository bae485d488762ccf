import type { SendResult } from '../contract.ts'
import type { Problem, ProblemCode } from '../problem.ts'

/** What a command_status means (SMPP 3.4 §5.1.3). */
const codes: Readonly<Record<number, ProblemCode>> = {
  0x01: 'too-long',
  0x04: 'not-connected',
  0x05: 'not-connected',
  0x0a: 'not-permitted',
  0x0b: 'address-unknown',
  0x0d: 'not-connected',
  0x0e: 'credentials-refused',
  0x0f: 'credentials-refused',
  0x14: 'rate-limited',
  0x15: 'not-permitted',
  0x33: 'address-unknown',
  0x40: 'address-unknown',
  0x43: 'unsupported',
  0x48: 'not-permitted',
  0x49: 'not-permitted',
  0x50: 'address-unknown',
  0x51: 'address-unknown',
  0x53: 'credentials-refused',
  0x58: 'rate-limited',
  0x65: 'content-refused',
  0x66: 'content-refused',
  0xc0: 'unsupported',
  0xc1: 'unsupported',
  0xc2: 'unsupported',
  0xc3: 'unsupported',
  0xc4: 'unsupported',
  0xfe: 'unreachable',
  0x100: 'not-permitted',
  0x101: 'not-permitted',
  0x102: 'not-permitted',
  0x103: 'not-permitted',
  0x104: 'unsupported',
}
/** With how long to wait: said to be over soon, and certainly not accepted. */
const waits: ReadonlyMap<number, number | null> = new Map([
  [0x04, null],
  [0x05, null],
  [0x08, null],
  [0x0d, null],
  [0x14, 5_000],
  [0x58, 1_000],
  [0x64, null],
])

export const problemOf = (status: number): Problem => ({
  code: codes[status] ?? 'provider-failed',
  providerCode: `0x${status.toString(16).padStart(8, '0')}`,
})

export function refusalOf(status: number): SendResult {
  const problem = problemOf(status)
  const wait = waits.get(status)
  return wait === undefined ? { kind: 'rejected', problem } : { kind: 'retry', afterMs: wait, problem }
}
