import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signatures of Standard Webhooks 1.0.0: base64 of HMAC-SHA256 over `id.timestamp.body`, one for each secret in use.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (2026-11-22)
 */

/** What its authors' own libraries allow clocks to differ. */
const toleranceSeconds = 5 * 60

export function signWebhook(id: string, at: Date, body: string | Buffer, secrets: readonly string[]) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${digest(secret, id, timestamp, body)}`).join(' '),
  }
}

/** Null when the signature is right; else why it is not, in words for a log. */
export function webhookDoubt(
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  secrets: readonly string[],
  now: Date,
): string | null {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers
  if (!id || !timestamp || !signature) return 'webhook-id, webhook-timestamp or webhook-signature is missing'
  if (!/^\d{1,12}$/u.test(timestamp)) return 'webhook-timestamp is not a number of seconds'
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp)
  if (Math.abs(age) > toleranceSeconds) return `webhook-timestamp is ${Math.abs(age)} seconds away from our clock`
  const given = signature.split(' ').flatMap((one) => (one.startsWith('v1,') ? [one.slice(3)] : []))
  const wanted = secrets.map((secret) => digest(secret, id, timestamp, body))
  return given.some((one) => wanted.some((other) => same(one, other))) ? null : 'webhook-signature is not ours'
}

function digest(secret: string, id: string, timestamp: string, body: string | Buffer): string {
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
}

/** In a time that does not tell how much was right. */
export function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
