import { createHash, createHmac } from 'node:crypto'
import type { RawRequest } from '../contract.ts'
import { same } from '../standard-webhooks.ts'
import type { Config } from './config.ts'

/** Twilio's signatures (https://www.twilio.com/docs/usage/security): over the address and what the form says. */

export type Hash = 'sha1' | 'sha256'

/** Names in order; of repeated ones each value once, in order. */
export function signatureOf(
  secret: string,
  url: string,
  fields: readonly (readonly [string, string])[],
  hash: Hash = 'sha1',
) {
  const values = new Map<string, Set<string>>()
  for (const [name, value] of fields) values.set(name, (values.get(name) ?? new Set()).add(value))
  const said = [...values]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, set]) =>
      [...set]
        .toSorted()
        .map((value) => name + value)
        .join(''),
    )
    .join('')
  return createHmac(hash, secret)
    .update(url + said)
    .digest('base64')
}

/** Null when it comes from Twilio, else what is wrong. */
export function doubtAbout(request: RawRequest, config: Config): string | null {
  const given = request.headers['x-twilio-signature']
  if (!given) return 'X-Twilio-Signature is missing'
  const key = keyFor(request.headers['x-twilio-webhooks-signature-settings'], config)
  if (typeof key === 'string') return key
  const bodyHash = request.url.searchParams.get('bodySHA256')
  // A body that is no form is not signed itself: its hash stands in the signed address.
  if (bodyHash !== null && !same(bodyHash, createHash('sha256').update(request.body).digest('hex'))) {
    return 'bodySHA256 is not that of the body'
  }
  const fields = bodyHash === null && request.method === 'POST' ? [...formOf(request)] : []
  const signed = addresses(request.url).some((url) => same(given, signatureOf(key.secret, url, fields, key.hash)))
  return signed ? null : 'X-Twilio-Signature is not ours'
}

function keyFor(
  settings: string | undefined,
  { authToken, sharedKeySecret }: Config,
): string | { secret: string; hash: Hash } {
  if (!settings) return { secret: authToken, hash: 'sha1' }
  if (sharedKeySecret === undefined) return 'It is signed with a shared key, and none is configured'
  const [, algorithm = 'HMAC_SHA1'] = /algorithm\s*=\s*(\w+)/iu.exec(settings) ?? []
  const hash = ({ HMAC_SHA1: 'sha1', HMAC_SHA256: 'sha256' } as const)[algorithm.toUpperCase()]
  return hash ? { secret: sharedKeySecret, hash } : `${algorithm} is not known`
}

/** Whether Twilio wrote the standard port, and how it escaped the query, cannot be seen any more. */
function addresses(url: URL): string[] {
  const [withPort, without] = [new URL(url), new URL(url)]
  without.port = ''
  const standard = url.protocol === 'https:' ? ':443' : ':80'
  const bare = `${without.protocol}//${without.host}`
  const full = `${withPort.protocol}//${withPort.host}${withPort.port === '' ? standard : ''}`
  const plain = url.pathname + url.search
  const escaped = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
  const paths = escaped === '' ? [plain] : [plain, `${url.pathname}?${escaped}`]
  return paths.flatMap((path) => [bare + path, full + path])
}

export const formOf = ({ body }: Pick<RawRequest, 'body'>): URLSearchParams =>
  new URLSearchParams(body.toString('utf8'))
