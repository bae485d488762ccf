import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A token by which somebody on one channel proves to be the person of another. 63 letters of [A-Za-z0-9_-]: that is what
 * the parameters of links and codes can carry everywhere (Telegram and WeChat take 64).
 */
export interface BindLinks {
  issue(identityId: string, now: Date): { token: string; expiresAt: Date }
  /** The identity that it was made for; null when it is not ours or is too old. */
  read(token: string, now: Date): string | null
}

const lifeMs = 15 * 60_000
const label = 'qb_'
const [idBytes, timeBytes, nonceBytes, macBytes] = [16, 5, 8, 16]
const signedBytes = idBytes + timeBytes + nonceBytes

/** A message or a parameter that holds such a token; the rest of it does not matter. */
export const bindTokenIn = (text: string): string | null => /(?<![\w-])qb_[\w-]{60}(?![\w-])/.exec(text)?.[0] ?? null

export function createBindLinks(secret: string): BindLinks {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'qiao bind links v1', 32))
  const macOf = (signed: Buffer): Buffer => createHmac('sha256', key).update(signed).digest().subarray(0, macBytes)
  return {
    issue(identityId, now) {
      const expiresAt = new Date(now.getTime() + lifeMs)
      const seconds = Buffer.alloc(timeBytes)
      seconds.writeUIntBE(Math.ceil(expiresAt.getTime() / 1000), 0, timeBytes)
      const signed = Buffer.concat([
        Buffer.from(identityId.replaceAll('-', ''), 'hex'),
        seconds,
        randomBytes(nonceBytes),
      ])
      return { token: label + Buffer.concat([signed, macOf(signed)]).toString('base64url'), expiresAt }
    },
    read(token, now) {
      if (bindTokenIn(token) !== token) return null
      const bytes = Buffer.from(token.slice(label.length), 'base64url')
      const signed = bytes.subarray(0, signedBytes)
      if (!timingSafeEqual(bytes.subarray(signedBytes), macOf(signed))) return null
      if (signed.readUIntBE(idBytes, timeBytes) * 1000 < now.getTime()) return null
      const hex = signed.subarray(0, idBytes).toString('hex')
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
  }
}
