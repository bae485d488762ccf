import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readText } from '../../read-text.ts'

/**
 * Signatures and encryption of callbacks, the same for official accounts, mini programs and WeCom.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html (2026-11)
 */

/** PKCS #7 with blocks of 32, not of 16 as AES has them: padding of 17 to 32 bytes is ordinary here. */
const block = 32

export const callbackSignature = (...parts: readonly string[]): string =>
  createHash('sha1').update(parts.toSorted().join('')).digest('hex')

/** An id of our own, the same for the same text each time. */
export const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)

export function isSignature(given: string, parts: readonly string[]): boolean {
  const wanted = Buffer.from(callbackSignature(...parts))
  const held = Buffer.from(given)
  return held.length === wanted.length && timingSafeEqual(held, wanted)
}

export const isAesKey = (text: string): boolean => /^[A-Za-z0-9]{43}$/u.test(text)
const keyOf = (encodingAesKey: string): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64')

/** `receiver`: the app id or the corp id that it must be for. Null for anything that is not whole. */
export function decryptCallback(encodingAesKey: string, encrypted: string, receiver: string): string | null {
  const key = keyOf(encodingAesKey)
  const bytes = Buffer.from(encrypted, 'base64')
  if (key.length !== 32 || bytes.length === 0 || bytes.length % 16 !== 0) return null
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > block || padded.length < 20 + padding) return null
  const content = padded.subarray(16, padded.length - padding)
  const end = 4 + content.readUInt32BE(0)
  if (end > content.length || content.subarray(end).toString() !== receiver) return null
  return readText(content.subarray(4, end))
}

export function encryptCallback(
  encodingAesKey: string,
  message: string,
  receiver: string,
  random: Buffer = randomBytes(16),
): string {
  const key = keyOf(encodingAesKey)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(Buffer.byteLength(message))
  const content = Buffer.concat([random, length, Buffer.from(message), Buffer.from(receiver)])
  const padding = block - (content.length % block)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([content, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64')
}
