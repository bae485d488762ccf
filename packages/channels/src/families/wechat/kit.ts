import type { HttpResponse, RawRequest, SendResult } from '../../contract.ts'
import type { ProblemCode } from '../../problem.ts'
import { readCallbackBody } from './body.ts'
import { callbackSignature, encryptCallback } from './crypto.ts'
import { toXml } from './simulator.ts'
import { textIn } from './words.ts'

/** For tests of this family: signed callbacks and the answers of its API. */

export const kitNow = new Date('2026-11-22T08:00:00Z')
const timestamp = String(kitNow.getTime() / 1000)
const nonce = '1514711492'
const random = Buffer.from('1234567890abcdef')

interface Secrets {
  token: string
  aesKey?: string | undefined
}
/** In safe mode, as `receiver` gets it. */
export function signedCallback(body: Buffer | string, { token, aesKey = '' }: Secrets, receiver: string): RawRequest {
  const encrypted = encryptCallback(aesKey, body.toString(), receiver, random)
  return callback(toXml({ ToUserName: receiver, Encrypt: encrypted }), {
    signature: callbackSignature(token, timestamp, nonce),
    msg_signature: callbackSignature(token, timestamp, nonce, encrypted),
    encrypt_type: 'aes',
  })
}
export const plainCallback = (body: Buffer | string, { token }: Secrets): RawRequest =>
  callback(body.toString(), { signature: callbackSignature(token, timestamp, nonce) })

export function callback(body: string, query: Record<string, string>, method = 'POST'): RawRequest {
  const url = new URL('https://qiao.example/channels/wx')
  for (const [name, value] of Object.entries({ timestamp, nonce, ...query })) url.searchParams.set(name, value)
  return { method, url, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) }
}

const withQuery = (request: RawRequest, name: string, value: string): RawRequest => {
  const url = new URL(request.url)
  url.searchParams.set(name, value)
  return { ...request, url }
}
/** Each makes a call in safe mode invalid. */
export const forgeries: readonly ((request: RawRequest) => RawRequest)[] = [
  (request) => withQuery(request, 'msg_signature', ''),
  (request) => withQuery(request, 'msg_signature', '0'.repeat(40)),
  (request) => withQuery(request, 'nonce', '1'),
  (request) => withQuery(request, 'timestamp', String(Number(timestamp) - 301)),
  (request) => ({ ...request, body: Buffer.from(toXml({ FromUserName: 'oX', MsgType: 'text', Content: 'x' })) }),
  (request) => ({ ...request, body: Buffer.alloc(0) }),
  (request) => {
    const encrypted = textIn(readCallbackBody(request.body.toString())?.Encrypt)
    return { ...request, body: Buffer.from(toXml({ Encrypt: `!${encrypted.slice(1)}` })) }
  },
]

export const answer = (body: object | string, status = 200): HttpResponse => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json; encoding=utf-8' },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
})
export const okAnswer = (more: object = {}) => answer({ errcode: 0, errmsg: 'ok', ...more })
export const tokenAnswer = (value = 'TOKEN-1') => answer({ access_token: value, expires_in: 7200 })
const message = (code: number): string => `refused rid: 65f0a1b2 hint: [${code}]`
export const errorAnswer = (errcode: number, errmsg = message(errcode)) => answer({ errcode, errmsg })

/** What a code means, as the kit of a channel lists it. */
export function refusal(code: number, problem: ProblemCode, kind: 'retry' | 'rejected') {
  const gives: Partial<SendResult> = {
    kind,
    problem: { code: problem, providerCode: String(code), detail: message(code) },
  }
  return { name: String(code), answers: [tokenAnswer(), errorAnswer(code)], gives }
}

const credentialsRefused = (code: number, detail = message(code)): Partial<SendResult> => ({
  kind: 'rejected',
  problem: { code: 'credentials-refused', providerCode: String(code), detail },
})

/** What every API of the family has in common: tokens that ran out, secrets that are repeated, and answers that are none. */
export function commonAnswers(secret: string) {
  const silence: HttpResponse = { kind: 'silence', written: true, reason: 'reset' }
  const retry: Partial<SendResult> = { kind: 'retry' }
  const unknown: Partial<SendResult> = { kind: 'unknown' }
  const accepted: Partial<SendResult> = { kind: 'accepted' }
  return [
    ...[40_001, 40_014, 42_001].map((code) => ({
      name: `${code}, then ok with a new token`,
      answers: [tokenAnswer(), errorAnswer(code), tokenAnswer('TOKEN-2'), okAnswer()],
      gives: accepted,
    })),
    {
      name: '40001 twice',
      answers: [tokenAnswer(), errorAnswer(40_001), tokenAnswer('TOKEN-2'), errorAnswer(40_001)],
      gives: credentialsRefused(40_001),
    },
    {
      name: '40001 to the request for a token, which repeats the secret',
      answers: [errorAnswer(40_001, `invalid credential ${secret}`)],
      gives: credentialsRefused(40_001, 'invalid credential …'),
    },
    { name: 'silence to the request for a token', answers: [silence], gives: retry },
    { name: 'HTTP 504', answers: [tokenAnswer(), answer('<html>', 504)], gives: unknown },
    { name: 'HTTP 503', answers: [tokenAnswer(), answer('<html>', 503)], gives: retry },
    { name: 'nothing that can be read', answers: [tokenAnswer(), answer('<html>')], gives: unknown },
  ]
}
