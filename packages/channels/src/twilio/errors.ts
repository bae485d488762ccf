import type { SendResult } from '../contract.ts'
import { type Problem, type ProblemCode, problemCodes } from '../problem.ts'
import type { Answer } from './api.ts'

/**
 * https://www.twilio.com/docs/api/errors: those that texts meet. The same numbers come in answers and in statuses; others
 * are told by the status of the answer.
 */
const codes: Readonly<Partial<Record<ProblemCode, readonly number[]>>> = {
  'credentials-refused': [20003, 20008, 20404],
  'account-restricted': [10001, 20005, 30002, 90010],
  'payment-needed': [30010],
  'rate-limited': [20429, 14107, 21611, 30001, 30022],
  'quota-used': [30023, 30027],
  'address-unknown': [21211, 21217, 21604, 30005],
  'opted-out': [21610],
  'blocked-us': [30004],
  unreachable: [21612, 21614, 21635, 30003, 30006, 30011],
  'not-permitted': [21212, 21408, 21603, 21606, 21607, 21608, 21703, 21704, 21705, 30024, 30032, 30034],
  'callback-wrong': [21609],
  'too-long': [21605, 21617],
  'too-large': [11751, 30019],
  'media-refused': [12300, 21620, 21621, 21623, 63019],
  'content-refused': [21602, 21619, 30007],
  'provider-failed': [20500, 20503, 21730, 30008, 30410, 30500],
}
const byCode = new Map(
  problemCodes.flatMap((problem) => (codes[problem] ?? []).map((number) => [number, problem] as const)),
)
/** Their queue, their pace, their maintenance: the same request may work later. */
const laterCodes: ReadonlySet<number> = new Set([20429, 14107, 21611, 20503, 21730])

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
