import type { SendResult } from '../contract.ts'
import { type Problem, type ProblemCode, problemCodes } from '../problem.ts'
import type { Answer } from './api.ts'

/** https://www.twilio.com/docs/api/errors (2026-09). The same numbers come in answers and in statuses. */
const codes: Readonly<Partial<Record<ProblemCode, readonly number[]>>> = {
  'credentials-refused': [20003, 20008, 20101, 20103, 20104, 20107, 20404],
  'account-restricted': [20005, 10001, 21901, 30002, 30017, 90010, 20006],
  'payment-needed': [30010, 20403, 21703],
  'rate-limited': [20429, 14107, 21611, 30001, 30022, 63018],
  'quota-used': [30023, 30027, 30453, 63038, 21266],
  'address-unknown': [21201, 21211, 21217, 21265, 21604, 30005],
  'opted-out': [21610],
  'blocked-us': [30004],
  unreachable: [21612, 21614, 21635, 21662, 30003, 30006, 30009, 30011, 30036, 30051],
  'not-permitted': [
    20001, 21212, 21408, 21603, 21606, 21607, 21608, 21613, 21634, 21659, 21660, 21661, 21671, 21704, 21705, 21712,
    30018, 30024, 30032, 30033, 30034, 30035, 30038, 30485, 60410,
  ],
  'callback-wrong': [21609, 11200, 11205, 11210, 21626],
  'too-long': [21605, 21617],
  'too-large': [11751, 30019, 63022],
  'media-refused': [12300, 21620, 21621, 21622, 21623, 21629, 21655, 30044, 63019, 63021],
  'content-refused': [21602, 21619, 21654, 30007, 30045, 30046, 30450, 63013],
  'provider-failed': [20500, 20503, 30008, 30020, 30410, 30500, 12400],
}
const byCode = new Map(
  problemCodes.flatMap((problem) => (codes[problem] ?? []).map((number) => [number, problem] as const)),
)
/** Their queue, their pace, their day: the same request may work later. */
const laterCodes: ReadonlySet<number> = new Set([20429, 14107, 21611, 20503])

export const codeOf = (number: number | null, otherwise: ProblemCode): ProblemCode =>
  (number === null ? undefined : byCode.get(number)) ?? otherwise

export function problemOf(answer: Exclude<Answer, { kind: 'ok' }>): Problem {
  if (answer.kind === 'silence') return { code: 'no-answer', detail: answer.reason }
  const { status, code, detail } = answer
  const otherwise: ProblemCode =
    status === 401
      ? 'credentials-refused'
      : status === 403
        ? 'not-permitted'
        : status === 429
          ? 'rate-limited'
          : status >= 500
            ? 'provider-failed'
            : 'content-refused'
  return {
    code: codeOf(code, otherwise),
    providerCode: code === null ? `HTTP ${status}` : String(code),
    ...(detail ? { detail } : {}),
  }
}

export function resultOf(answer: Answer): SendResult {
  if (answer.kind === 'ok') {
    const { sid } = answer.value
    return { kind: 'accepted', messageId: typeof sid === 'string' && sid !== '' ? sid : null }
  }
  const problem = problemOf(answer)
  if (answer.kind === 'silence') {
    return answer.written ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: null, problem }
  }
  const { status, code, retryAfterMs } = answer
  if (status === 429 || status === 503 || (code !== null && laterCodes.has(code))) {
    return { kind: 'retry', afterMs: retryAfterMs, problem }
  }
  // Twilio knows no repeats: what it began before it failed may have gone out.
  return status >= 500 || status < 400 ? { kind: 'unknown', problem } : { kind: 'rejected', problem }
}
