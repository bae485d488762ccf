import { createHash } from 'node:crypto'
import { z } from 'zod'
import { configField } from '../../config-field.ts'
import type { Accepted, RawEvent, RawRequest, RawResponse, Words } from '../../contract.ts'
import { isObject, type Json, type JsonObject, parseExactJson } from '../../json.ts'
import { same } from '../../standard-webhooks.ts'

/**
 * Neither provider signs what it calls: who knows the address may call it. So the address holds a secret, which is
 * looked at before anything else.
 */
export const callbackSecret = z
  .string()
  .trim()
  .regex(/^[\w-]{24,128}$/u, '24 to 128 letters, digits, - or _')
  .meta(
    configField({
      title: { zh: '回调密钥', en: 'Callback secret' },
      help: {
        zh: '自己随机生成的 24 位以上字母和数字。它是回调地址的一部分：短信平台的回调没有签名，知道地址的人才能调用。',
        en: 'At least 24 random letters and digits of your own. It becomes part of the callback address: calls are not signed, so nobody else may know it.',
      },
      secret: true,
    }),
  )

const name = 'key'
export function callbackAddress(callbackUrl: string, secret: string): string {
  const url = new URL(callbackUrl)
  url.searchParams.set(name, secret)
  return url.href
}

export interface Callbacks {
  /** What the provider wants to read. */
  acknowledgement: RawResponse
  /** Null for an item of no known shape: it is kept under what it says. */
  eventOf: (item: JsonObject) => Omit<RawEvent, 'data'> | null
}

/** A list of items, or one alone; each becomes an event. */
export function acceptItems(
  { method, url, body }: RawRequest,
  secret: string,
  { acknowledgement, eventOf }: Callbacks,
  now: Date,
): Accepted {
  if (!same(url.searchParams.get(name) ?? '', secret)) {
    return {
      kind: 'refused',
      reason: 'The key in the address is missing or not ours',
      response: { status: 403, body: '' },
    }
  }
  // The providers' pages try an address before they keep it.
  if (method !== 'POST' || body.length === 0) return { kind: 'answer', response: acknowledgement }
  const value = parseExactJson(body)
  if (value === undefined) {
    return { kind: 'refused', reason: 'The body is not JSON', response: { status: 400, body: '' } }
  }
  const items = Array.isArray(value) ? value : [value]
  const events = items.map((item): RawEvent => {
    const data = { item, receivedAt: now.toISOString() }
    const known = isJsonObject(item) ? eventOf(item) : null
    return { ...(known ?? { id: hashOf(item), orderKey: 'account', position: now.getTime() }), data }
  })
  return events.length === 0
    ? { kind: 'answer', response: acknowledgement }
    : { kind: 'accepted', events, response: acknowledgement }
}

export const hashOf = (value: Json): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)

export const isJsonObject = (value: unknown): value is JsonObject => isObject(value)

/** What `acceptItems` kept. */
export function itemOf(data: Json): { item: JsonObject; receivedAt: string } | null {
  if (!isJsonObject(data) || !isJsonObject(data.item) || typeof data.receivedAt !== 'string') return null
  return Number.isNaN(Date.parse(data.receivedAt)) ? null : { item: data.item, receivedAt: data.receivedAt }
}

/** Texts and numbers alike: both providers have written the same field either way. */
export const textField = z.union([z.string(), z.number()]).transform(String)
export const optionalText = textField.nullish().transform((text) => text ?? '')

export const setupWords: Words = {
  zh: '回调地址（含密钥，勿外传）',
  en: 'Callback address (holds the secret: tell nobody)',
}
