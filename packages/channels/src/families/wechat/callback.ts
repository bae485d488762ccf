import type { Accepted, RawEvent, RawRequest, RawResponse } from '../../contract.ts'
import type { JsonObject } from '../../json.ts'
import { readCallbackBody } from './body.ts'
import { decryptCallback, digest, isSignature } from './crypto.ts'

/** Callbacks of official accounts and mini programs. */
export interface CallbackSecrets {
  appId: string
  token: string
  /** `compat` sends the message both plainly and encrypted: only the encrypted one is read, for it alone is signed. */
  encryption: 'plain' | 'compat' | 'safe'
  aesKey?: string | undefined
}

/** Signed calls may be repeated by whoever saw one: not for long. */
const freshMs = 300_000

export const plainAnswer = (status: number, body: string): RawResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body,
})
export const refusedCall = (reason: string): Accepted => ({ kind: 'refused', reason, response: plainAnswer(401, '') })

/** Null when the call is from about now. */
export function staleness(timestamp: string, now: Date): string | null {
  const age = Math.abs(now.getTime() - Number(timestamp) * 1000)
  if (/^\d{1,12}$/u.test(timestamp) && age <= freshMs) return null
  return 'Signed at another time: an old call is repeated, or the clock of this server is wrong'
}

export function acceptCallback({ method, url, body }: RawRequest, secrets: CallbackSecrets, now: Date): Accepted {
  const query = (name: string): string => url.searchParams.get(name) ?? ''
  const { token, encryption } = secrets
  const signed = [token, query('timestamp'), query('nonce')]
  if ((encryption === 'plain' || method === 'GET') && !isSignature(query('signature'), signed)) {
    return refusedCall('The signature is not made with our token')
  }
  const stale = staleness(query('timestamp'), now)
  if (stale) return refusedCall(stale)
  if (method === 'GET') return { kind: 'answer', response: plainAnswer(200, query('echostr')) }
  const outer = readCallbackBody(body)
  if (!outer) return refusedCall('The body is neither XML nor JSON, or has a document type')
  const message = encryption === 'plain' ? outer : decrypted(outer, query('msg_signature'), signed, secrets)
  if (typeof message === 'string') return refusedCall(message)
  return { kind: 'accepted', events: [eventOf(message)], response: plainAnswer(200, 'success') }
}

function decrypted(
  { Encrypt: encrypted }: JsonObject,
  signature: string,
  signed: readonly string[],
  { aesKey, appId }: CallbackSecrets,
): JsonObject | string {
  if (typeof encrypted !== 'string') return 'Not encrypted, though the account is set to encryption'
  if (!isSignature(signature, [...signed, encrypted])) return 'The signature is not made with our token'
  const text = decryptCallback(aesKey ?? '', encrypted, appId)
  if (text === null) return 'The message cannot be decrypted with our key, or is for another app'
  return readCallbackBody(text) ?? 'The decrypted message is neither XML nor JSON'
}

/**
 * Messages are known by `MsgId`. Events have none: WeChat says to use who and when, which two events of one second share,
 * so that what happened counts too.
 * https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html (2026-11)
 */
function eventOf(message: JsonObject): RawEvent {
  const field = (name: string): string => {
    const value = message[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const seconds = Number(field('CreateTime'))
  return {
    id:
      field('MsgId') && field('MsgType') !== 'event' ? `m${field('MsgId')}` : `e${digest(JSON.stringify(message), 40)}`,
    orderKey: field('FromUserName'),
    position: Number.isFinite(seconds) ? seconds * 1000 : 0,
    data: message,
  }
}
