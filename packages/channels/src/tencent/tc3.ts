import { createHash, createHmac } from 'node:crypto'

/** The signature of requests, version 3: https://cloud.tencent.com/document/api/382/52072 (2026-11) */
export interface Signable {
  service: string
  /** Those that are signed, names in lower case, values as they go out. */
  headers: Readonly<Record<string, string>>
  payload: string | Buffer
  /** Seconds; the day of the key is the one of UTC. */
  timestamp: number
}

const hash = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export function authorization(
  { service, headers, payload, timestamp }: Signable,
  secretId: string,
  secretKey: string,
): string {
  const entries = Object.entries(headers).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const signed = entries.map(([name]) => name).join(';')
  // The value of the action is signed in small letters, as the others.
  const lines = entries.map(([name, value]) => `${name}:${value.trim().toLowerCase()}\n`).join('')
  const canonical = ['POST', '/', '', lines, signed, hash(payload)].join('\n')
  const day = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const scope = `${day}/${service}/tc3_request`
  const key = hmac(hmac(hmac(`TC3${secretKey}`, day), service), 'tc3_request')
  const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hash(canonical)}`).toString('hex')
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}
