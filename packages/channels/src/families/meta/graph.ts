import { z } from 'zod'
import type { Context, HttpRequest, SendResult } from '../../contract.ts'
import type { Problem, ProblemCode } from '../../problem.ts'
import { parseJson } from '../../json.ts'

/** Calls of Meta's Graph API, and what its errors mean for any of the products. */
export interface GraphConfig {
  apiUrl: string
  accessToken: string
  appSecret: string
}
type GraphContext = Pick<Context<GraphConfig>, 'config' | 'http'>

export interface GraphRequest {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string>
  json?: unknown
  body?: Buffer
  headers?: Record<string, string>
}
export interface GraphError {
  status: number
  code: number | null
  subcode: number | null
  message: string
  retryAfterMs: number | null
}
export type GraphFailure = { kind: 'error'; error: GraphError } | { kind: 'silence'; written: boolean; reason: string }
export type GraphAnswer = { kind: 'ok'; value: unknown } | GraphFailure

const envelope = z.object({
  error: z.object({
    code: z.number(),
    error_subcode: z.number().optional().catch(undefined),
    message: z.string().catch(''),
    error_data: z.object({ details: z.string() }).optional().catch(undefined),
  }),
})

export async function graph(context: GraphContext, request: GraphRequest): Promise<GraphAnswer> {
  const { apiUrl, accessToken } = context.config
  const url = new URL(`${apiUrl.replace(/\/+$/u, '')}/${request.path}`)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value)
  const options: HttpRequest = {
    method: request.method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
  }
  const body = request.json === undefined ? request.body : JSON.stringify(request.json)
  const answer = await context.http(url.href, body === undefined ? options : { ...options, body })
  if (answer.kind === 'silence') return { ...answer, reason: withoutSecrets(answer.reason, context.config) }
  const value = parseJson(answer.body)
  if (answer.status < 300 && value !== undefined) return { kind: 'ok', value }
  const { error } = envelope.safeParse(value).data ?? {}
  const words = error ? [error.message, error.error_data?.details].filter(Boolean).join(': ') : `HTTP ${answer.status}`
  const after = Number(answer.headers['retry-after'])
  return {
    kind: 'error',
    error: {
      status: answer.status,
      code: error?.code ?? null,
      subcode: error?.error_subcode ?? null,
      message: withoutSecrets(words, context.config),
      retryAfterMs: after > 0 ? after * 1000 : null,
    },
  }
}

/** Meta repeats a token that it cannot read in the message of the error. */
const withoutSecrets = (text: string, { accessToken, appSecret }: GraphConfig): string =>
  text.replaceAll(accessToken, '…').replaceAll(appSecret, '…')

// ---------------------------------------------------------------- errors

export type Rule = readonly ['retry', ProblemCode, number?] | readonly ['rejected', ProblemCode]
/** By code, or `code/subcode` where the subcode says more. */
export type Rules = Readonly<Record<string, Rule>>

/** https://developers.facebook.com/docs/graph-api/guides/error-handling (2026-05) */
const commonRules: Rules = {
  0: ['rejected', 'credentials-refused'],
  1: ['retry', 'provider-failed'],
  2: ['retry', 'provider-failed'],
  3: ['rejected', 'not-permitted'],
  4: ['retry', 'rate-limited', 60_000],
  10: ['rejected', 'not-permitted'],
  17: ['retry', 'rate-limited', 60_000],
  32: ['retry', 'rate-limited', 60_000],
  100: ['rejected', 'content-refused'],
  102: ['rejected', 'credentials-refused'],
  190: ['rejected', 'credentials-refused'],
  368: ['rejected', 'account-restricted'],
  613: ['retry', 'rate-limited', 10_000],
}

export function ruleOf({ status, code, subcode }: Omit<GraphError, 'message' | 'retryAfterMs'>, rules: Rules): Rule {
  const known = rules[`${code}/${subcode}`] ?? rules[`${code}`] ?? commonRules[`${code}`]
  if (known) return known
  if (code !== null && code >= 200 && code < 300) return ['rejected', 'not-permitted']
  if (status === 429) return ['retry', 'rate-limited']
  if (status >= 500) return ['retry', 'provider-failed']
  if (status === 401) return ['rejected', 'credentials-refused']
  return ['rejected', status === 403 ? 'not-permitted' : 'content-refused']
}

export function problemOf(failure: GraphFailure, rules: Rules): Problem {
  if (failure.kind === 'silence') return { code: 'no-answer', detail: failure.reason }
  const { code, subcode, message, status } = failure.error
  const providerCode = code === null ? `HTTP ${status}` : subcode === null ? `${code}` : `${code}/${subcode}`
  return { code: ruleOf(failure.error, rules)[1], detail: message, providerCode }
}

/** What a send came to. `harmless`: a repeat is not seen by the customer, so no answer is tried again. */
export function resultOf(
  failure: GraphFailure,
  rules: Rules,
  harmless = false,
): Exclude<SendResult, { kind: 'accepted' }> {
  const problem = problemOf(failure, rules)
  if (failure.kind === 'silence') {
    return failure.written && !harmless ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: null, problem }
  }
  const { code, status, retryAfterMs } = failure.error
  // A gateway gave up waiting: what stood behind it may have done the work.
  if (code === null && (status === 502 || status === 504) && !harmless) {
    return { kind: 'unknown', problem: { ...problem, code: 'no-answer' } }
  }
  // Taken, but the answer cannot be read.
  if (status < 300 && !harmless) return { kind: 'unknown', problem: { ...problem, code: 'no-answer' } }
  const [kind, , afterMs = null] = ruleOf(failure.error, rules)
  return kind === 'retry' ? { kind, afterMs: retryAfterMs ?? afterMs, problem } : { kind, problem }
}

// ---------------------------------------------------------------- uploads

export function multipart(
  fields: Record<string, string>,
  file: { field: string; bytes: Buffer; mime: string; name: string },
): { body: Buffer; headers: Record<string, string> } {
  const boundary = `qiao-${crypto.randomUUID()}`
  const name = file.name.replace(/["\r\n\\]/gu, '_')
  const head = Object.entries(fields)
    .map(([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`)
    .join('')
  const open = `--${boundary}\r\nContent-Disposition: form-data; name="${file.field}"; filename="${name}"\r\nContent-Type: ${file.mime}\r\n\r\n`
  return {
    body: Buffer.concat([Buffer.from(head + open), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
