import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Encrypts what must be readable again (channel credentials) with AES-256-GCM under a key derived from QIAO_SECRET.
 * `purpose` names the place of the value and is authenticated with it, so that a value copied to another row is refused.
 */
export interface Sealer {
  seal(text: string, purpose: string): string
  /** Throws for a value that was changed, moved, or sealed under another secret. */
  open(sealed: string, purpose: string): string
  /** A key of 32 bytes for signing, in hexadecimal: the same for the same purpose for as long as the secret is. */
  key(purpose: string): string
}

/** Leads each sealed value, so that a later scheme can tell the older ones apart. */
const version = 'v1'
const ivBytes = 12
const tagBytes = 16

export function createSealer(secret: string): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'qiao sealed values v1', 32))
  return {
    seal(text, purpose) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(sealed, purpose) {
      const [label, data] = sealed.split('.')
      if (label !== version || !data) throw new Error('A sealed value has an unknown form.')
      const bytes = Buffer.from(data, 'base64url')
      if (bytes.length < ivBytes + tagBytes) throw new Error('A sealed value is cut short.')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
      return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
    },
    key: (purpose) => Buffer.from(hkdfSync('sha256', secret, '', `qiao key ${purpose}`, 32)).toString('hex'),
  }
}

/** A secret for links and keys: 256 random bits, safe in URLs. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** What is stored of such a secret. It is random, so a plain hash cannot be searched. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
