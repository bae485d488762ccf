import { createHmac, randomBytes } from 'node:crypto'

/** Standard Webhooks (https://www.standardwebhooks.com): how a receiver knows that a request is ours and fresh. */

const prefix = 'whsec_'
const secretBytes = 32

export const secretFrom = (bytes: Buffer): string => `${prefix}${bytes.toString('base64')}`
export const newSecret = (): string => secretFrom(randomBytes(secretBytes))

/** One signature for each secret: during a rotation receivers find theirs whichever they know. */
export function signatureHeaders(secrets: readonly string[], message: { id: string; at: Date; body: string }) {
  const timestamp = String(Math.floor(message.at.getTime() / 1000))
  const signed = `${message.id}.${timestamp}.${message.body}`
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  })
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
