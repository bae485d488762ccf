import type { HttpResponse, SendResult } from '../../contract.ts'
import { isObject, parseJson } from '../../json.ts'
import type { Problem, ProblemCode } from '../../problem.ts'
import { retryAfterMs } from '../../retry-after.ts'

/** What a code of a provider means: never, later (in so many milliseconds; null: as ever), or nobody knows. */
export type Verdict =
  | readonly ['rejected', ProblemCode]
  | readonly ['retry', ProblemCode, number | null]
  | readonly ['unknown', ProblemCode]
export type Failure = Exclude<SendResult, { kind: 'accepted' }>

export function failureOf([kind, code, afterMs = null]: Verdict, providerCode: string, detail: string): Failure {
  const problem: Problem = { code, providerCode, ...(detail ? { detail: detail.slice(0, 500) } : {}) }
  return kind === 'retry' ? { kind, afterMs, problem } : { kind, problem }
}

/** An object of JSON, or why there is none. What came without words of the provider may have been done or not. */
export function bodyOf(response: HttpResponse): { kind: 'body'; body: Record<string, unknown> } | Failure {
  if (response.kind === 'silence') {
    const problem: Problem = { code: 'no-answer', detail: response.reason }
    return response.written ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: null, problem }
  }
  const { status, headers, body } = response
  const value = parseJson(body)
  if (isObject(value) && Object.keys(value).length > 0) return { kind: 'body', body: value }
  const providerCode = String(status)
  if (status === 429 || status === 503) {
    const code = status === 429 ? 'rate-limited' : 'provider-failed'
    return { kind: 'retry', afterMs: retryAfterMs(headers), problem: { code, providerCode } }
  }
  return status >= 400 && status < 500
    ? { kind: 'rejected', problem: { code: 'provider-failed', providerCode } }
    : { kind: 'unknown', problem: { code: 'provider-failed', providerCode } }
}

const words: readonly [RegExp, ProblemCode][] = [
  [/黑名单|免打扰|退订|拒收|BLACK/iu, 'blocked-us'],
  [/空号|号码不存在|号码错误|UNKNOWN_SUBSCRIBER/iu, 'address-unknown'],
  [/关键字|关键词|敏感|违禁|内容/iu, 'content-refused'],
  [/频|流控|超限|上限|LIMIT/iu, 'quota-used'],
  [/签名|模板|报备/u, 'template-refused'],
]
/** Carriers have hundreds of codes of their own; the words beside them are the same few. */
export const undelivered = (providerCode: string, detail: string): Problem => ({
  code: words.find(([pattern]) => pattern.test(`${providerCode} ${detail}`))?.[1] ?? 'unreachable',
  ...(providerCode ? { providerCode } : {}),
  ...(detail ? { detail } : {}),
})
