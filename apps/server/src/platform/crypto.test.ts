import { expect, test } from 'vitest'
import { createSealer, hashToken, randomToken } from './crypto.ts'

const sealer = createSealer('a secret of at least thirty-two characters')

test('a sealed value opens again and never looks the same', () => {
  const sealed = sealer.seal('密钥 whsec', 'inbox 1')
  expect(sealer.open(sealed, 'inbox 1')).toBe('密钥 whsec')
  expect(sealer.seal('密钥 whsec', 'inbox 1')).not.toBe(sealed)
  expect(sealed).toMatch(/^v1\.[\w-]+$/)
})

test('a value that was moved, changed or sealed under another secret is refused', () => {
  const sealed = sealer.seal('value', 'inbox 1')
  expect(() => sealer.open(sealed, 'inbox 2')).toThrow('unable to authenticate')
  expect(() => createSealer('another secret of thirty-two characters').open(sealed, 'inbox 1')).toThrow(
    'unable to authenticate',
  )
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  expect(() => sealer.open(`v1.${bytes.toString('base64url')}`, 'inbox 1')).toThrow('unable to authenticate')
  expect(() => sealer.open(`v2.${sealed.slice(3)}`, 'inbox 1')).toThrow('unknown form')
  expect(() => sealer.open('v1.AAAA', 'inbox 1')).toThrow('cut short')
})

test('tokens differ and hash to 32 bytes', () => {
  expect(randomToken()).not.toBe(randomToken())
  expect(hashToken(randomToken())).toHaveLength(32)
})
