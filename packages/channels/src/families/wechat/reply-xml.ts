import { randomInt } from 'node:crypto'
import type { RawResponse } from '../../contract.ts'
import type { CallbackSecrets } from './callback.ts'
import { callbackSignature, encryptCallback } from './crypto.ts'

/** Bodies that we write: words in CDATA, numbers plain, as in the pages on passive replies. */

export type Fields = { readonly [name: string]: string | number | Fields | readonly Fields[] }

/** What would end it early is cut in two. */
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

function element(name: string, value: Fields[string]): string {
  if (typeof value === 'number') return `<${name}>${value}</${name}>`
  if (typeof value === 'string') return `<${name}>${cdata(value)}</${name}>`
  const inner = isList(value) ? value.map((one) => element('item', one)) : elements(value)
  return `<${name}>${inner.join('')}</${name}>`
}
const isList = (value: Fields | readonly Fields[]): value is readonly Fields[] => Array.isArray(value)
const elements = (fields: Fields): string[] => Object.entries(fields).map(([name, value]) => element(name, value))
const xml = (fields: Fields): string => `<xml>${elements(fields).join('')}</xml>`

/** As the calls come: encrypted where these are. */
export function xmlAnswer(fields: Fields, secrets: CallbackSecrets, now: Date): RawResponse {
  const { appId, token, encryption, aesKey } = secrets
  return {
    status: 200,
    headers: { 'content-type': 'text/xml; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: encryption === 'plain' ? xml(fields) : sealed(encryptCallback(aesKey ?? '', xml(fields), appId)),
  }
  function sealed(Encrypt: string): string {
    const TimeStamp = Math.floor(now.getTime() / 1000)
    const Nonce = String(randomInt(1_000_000_000))
    const MsgSignature = callbackSignature(token, String(TimeStamp), Nonce, Encrypt)
    return xml({ Encrypt, MsgSignature, TimeStamp, Nonce })
  }
}
