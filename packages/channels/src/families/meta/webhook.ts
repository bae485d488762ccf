import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Accepted, RawEvent, RawRequest, RawResponse } from '../../contract.ts'
import { isObject, type Json, type JsonObject, parseExactJson } from '../../json.ts'

/**
 * Webhooks of Meta's products: one handshake, one signature, one envelope of entries.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint (2026-06)
 */
export interface MetaSecrets {
  appSecret: string
  verifyToken: string
}

const answer = (status: number, body: string): RawResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
})

export function acceptMeta(
  request: RawRequest,
  secrets: MetaSecrets,
  eventsOf: (body: JsonObject) => readonly RawEvent[],
): Accepted {
  if (request.method === 'GET') return answerChallenge(request.url, secrets.verifyToken)
  if (!isSigned(request, secrets.appSecret)) {
    return { kind: 'refused', reason: 'The signature does not match the app secret', response: answer(401, '') }
  }
  const body = parseExactJson(request.body)
  if (!isObject(body)) return { kind: 'refused', reason: 'The body is no JSON object', response: answer(400, '') }
  return { kind: 'accepted', events: eventsOf(body), response: answer(200, 'EVENT_RECEIVED') }
}

function answerChallenge({ searchParams }: URL, verifyToken: string): Accepted {
  const token = searchParams.get('hub.verify_token') ?? ''
  if (searchParams.get('hub.mode') === 'subscribe' && isSame(token, verifyToken)) {
    return { kind: 'answer', response: answer(200, searchParams.get('hub.challenge') ?? '') }
  }
  return { kind: 'refused', reason: 'The verify token is another one', response: answer(403, '') }
}

/** Over the bytes as they came: Meta escapes what is not ASCII before it signs. */
function isSigned({ headers, body }: RawRequest, appSecret: string): boolean {
  const [, given = ''] = /^sha256=([0-9a-f]{64})$/.exec(headers['x-hub-signature-256'] ?? '') ?? []
  return isSame(given, signatureOf(body, appSecret))
}

export const signatureOf = (body: Buffer, appSecret: string): string =>
  createHmac('sha256', appSecret).update(body).digest('hex')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))

/** For events to which the provider gives no id: the same words have the same one. */
export const idOfContent = (data: Json): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32)

export const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter((item): item is JsonObject => isObject(item)) : []
export const objectIn = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
export const textIn = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
/** Seconds or milliseconds, as Meta writes them: numbers or digits. 0 for anything else. */
export const numberIn = (value: Json | undefined): number => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : 0
}
