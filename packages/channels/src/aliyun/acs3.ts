import { createHash, createHmac } from 'node:crypto'

/**
 * The signature of requests in the style RPC, version 3.
 * https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature (2026-11)
 */
export interface Signable {
  method: string
  query: Readonly<Record<string, string>>
  /** Names in lower case; `x-acs-content-sha256` among them. */
  headers: Readonly<Record<string, string>>
}

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

const byCode = ([one]: [string, string], [other]: [string, string]): number => (one < other ? -1 : 1)

export const queryString = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .toSorted(byCode)
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .join('&')

/** RFC 3986: what `encodeURIComponent` leaves is more than it allows. */
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

export function canonicalRequest({ method, query, headers }: Signable): { text: string; signed: string } {
  const entries = Object.entries(headers)
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .toSorted(byCode)
  const signed = entries.map(([name]) => name).join(';')
  const lines = entries.map(([name, value]) => `${name}:${value.trim()}\n`).join('')
  const hash = headers['x-acs-content-sha256'] ?? ''
  return { text: [method, '/', queryString(query), lines, signed, hash].join('\n'), signed }
}

export function authorization(request: Signable, accessKeyId: string, secret: string): string {
  const { text, signed } = canonicalRequest(request)
  const signature = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(text)}`)
    .digest('hex')
  return `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${signed},Signature=${signature}`
}
