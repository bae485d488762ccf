import { type Context, type HttpRequest, isProblem, type SendResult } from '../../contract.ts'
import type { Problem, ProblemCode } from '../../problem.ts'
import { readJson } from './body.ts'
import { problem, textIn, withoutSecrets } from './words.ts'

/** Calls of api.weixin.qq.com and qyapi.weixin.qq.com: a token in the address, HTTP 200 whatever happens, an `errcode` that says. */

export type Rule = readonly ['retry', ProblemCode, number?] | readonly ['rejected', ProblemCode]
export type Rules = Readonly<Record<number, Rule>>

/** Where tokens of an account come from, and what its codes mean. */
export interface Api<Config> {
  tokenName: string
  /** The request that gives a token. */
  tokenRequest(config: Config): { path: string; request: HttpRequest }
  rules: Rules
  secretsOf(config: Config): readonly string[]
}
type Caller<Config extends { apiUrl: string }> = Pick<Context<Config>, 'config' | 'http' | 'tokens'>

export interface ApiCall {
  path: string
  query?: Record<string, string>
  json?: unknown
  request?: HttpRequest
}
export type ApiFailure =
  | { kind: 'refused'; status: number; code: number | null; problem: Problem; rule: Rule }
  | { kind: 'silence'; written: boolean; problem: Problem }
  /** There is no token to call with; nothing was sent. */
  | { kind: 'no-token'; problem: Problem }
export type ApiAnswer =
  | { kind: 'ok'; value: Record<string, unknown> }
  | { kind: 'bytes'; bytes: Buffer; headers: Record<string, string> }
  | ApiFailure
type NotOk = Exclude<ApiAnswer, { kind: 'ok' }>

/** Tokens that others made invalid: https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Get_access_token.html */
const spent = [40_001, 40_014, 42_001]

export async function callApi<Config extends { apiUrl: string }>(
  context: Caller<Config>,
  api: Api<Config>,
  call: ApiCall,
): Promise<ApiAnswer> {
  const first = await callOnce(context, api, call)
  if (first.answer.kind !== 'refused' || !spent.includes(first.answer.code ?? 0)) return first.answer
  await context.tokens.drop(api.tokenName, first.token)
  return (await callOnce(context, api, call)).answer
}

async function callOnce<Config extends { apiUrl: string }>(
  context: Caller<Config>,
  api: Api<Config>,
  { path, query = {}, json, request = {} }: ApiCall,
): Promise<{ answer: ApiAnswer; token: string }> {
  const token = await context.tokens.get(api.tokenName, () => fetchToken(context, api))
  if (isProblem(token)) return { answer: { kind: 'no-token', problem: token }, token: '' }
  const url = new URL(`${context.config.apiUrl.replace(/\/+$/u, '')}/${path}`)
  for (const [name, value] of Object.entries({ access_token: token, ...query })) url.searchParams.set(name, value)
  const sent: HttpRequest =
    json === undefined
      ? request
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(json),
        }
  return { answer: await ask(context, url.href, sent, api, token), token }
}

async function ask<Config extends { apiUrl: string }>(
  { config, http }: Pick<Context<Config>, 'config' | 'http'>,
  url: string,
  request: HttpRequest,
  { rules, ...api }: Api<Config>,
  token: string,
): Promise<ApiAnswer> {
  const clean = (text: string): string => withoutSecrets(text, [token, ...api.secretsOf(config)])
  const answer = await http(url, request)
  if (answer.kind === 'silence') {
    return { kind: 'silence', written: answer.written, problem: problem('no-answer', clean(answer.reason)) }
  }
  const { status, headers, body } = answer
  const value = parsed(body, headers)
  if (value === null) {
    if (status < 300) return { kind: 'bytes', bytes: body, headers }
    return refused(status, null, `HTTP ${status}`, rules)
  }
  const code = value.errcode ?? 0
  if (status < 300 && code === 0) return { kind: 'ok', value }
  return refused(status, typeof code === 'number' ? code : null, clean(textIn(value.errmsg) || `HTTP ${status}`), rules)
}

function refused(status: number, code: number | null, message: string, rules: Rules): ApiFailure {
  const rule = (code === null ? undefined : rules[code]) ?? ruleOfStatus(status)
  const providerCode = code ? String(code) : `HTTP ${status}`
  return { kind: 'refused', status, code, rule, problem: problem(rule[1], message, providerCode) }
}
function ruleOfStatus(status: number): Rule {
  if (status === 429) return ['retry', 'rate-limited']
  return status >= 500 ? ['retry', 'provider-failed'] : ['rejected', 'content-refused']
}

/** Files come as attachments, some of JSON; everything else is an object, sometimes under the name of plain text. */
function parsed(body: Buffer, headers: Record<string, string>): Record<string, unknown> | null {
  if ('content-disposition' in headers) return null
  return /json|text/u.test(headers['content-type'] ?? '') || body[0] === 0x7b ? readJson(body.toString()) : null
}

async function fetchToken<Config extends { apiUrl: string }>(
  context: Caller<Config>,
  api: Api<Config>,
): Promise<{ value: string; expiresInMs: number } | Problem> {
  const { path, request } = api.tokenRequest(context.config)
  const answer = await ask(context, `${context.config.apiUrl.replace(/\/+$/u, '')}/${path}`, request, api, '')
  if (answer.kind === 'bytes') return problem('provider-failed', 'The answer to the request for a token cannot be read')
  if (answer.kind !== 'ok') return answer.problem
  const { access_token: value, expires_in: seconds } = answer.value
  if (typeof value !== 'string' || value === '') return problem('provider-failed', 'The answer holds no token')
  // A minute early: those that are on their way must arrive with a token that still works.
  const lifetime = typeof seconds === 'number' ? seconds : 7200
  return { value, expiresInMs: Math.max(60, lifetime - 60) * 1000 }
}

const passing: readonly ProblemCode[] = ['no-answer', 'provider-failed', 'rate-limited']

/** For what cannot be done without something that was to be had first: whether it may be had later. */
export const withoutIt = (why: Problem): SendResult =>
  passing.includes(why.code) ? { kind: 'retry', afterMs: null, problem: why } : { kind: 'rejected', problem: why }

/** What a send came to. `harmless`: a repeat is not seen by the customer, so no answer is tried again. */
export function resultOf(failure: NotOk, harmless = false): SendResult {
  const why = problemOf(failure)
  const unclear = (): SendResult =>
    harmless
      ? { kind: 'retry', afterMs: null, problem: why }
      : { kind: 'unknown', problem: { ...why, code: 'no-answer' } }
  switch (failure.kind) {
    case 'silence':
      return failure.written ? unclear() : { kind: 'retry', afterMs: null, problem: why }
    case 'no-token':
      return withoutIt(why)
    case 'bytes':
      return unclear()
    default: {
      const { status, code, rule } = failure
      // A gateway gave up waiting: what stood behind it may have done the work.
      if (code === null && (status === 502 || status === 504)) return unclear()
      const [kind, , afterMs = null] = rule
      return kind === 'retry' ? { kind, afterMs, problem: why } : { kind, problem: why }
    }
  }
}

export const problemOf = (failure: NotOk): Problem =>
  failure.kind === 'bytes' ? problem('provider-failed', 'The answer cannot be read') : failure.problem

/** One file as the field `media`. */
export function mediaForm({ bytes, mime, name }: { bytes: Buffer; mime: string; name: string }): HttpRequest {
  const boundary = `qiao-${crypto.randomUUID()}`
  const safe = name.replaceAll(/["\r\n\\]/gu, '_')
  const open = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${safe}"\r\nContent-Type: ${mime}\r\n\r\n`
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(open), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    timeoutMs: 60_000,
  }
}
