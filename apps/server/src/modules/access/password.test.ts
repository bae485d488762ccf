import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

test('the right password opens its hash, another does not', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword({ hash, password: 'correct horse battery' })).toBe(true)
  expect(await verifyPassword({ hash, password: 'correct horse batterz' })).toBe(false)
})

test('two hashes of one password differ', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
})

test('an accent typed in another form is the same password', async () => {
  const hash = await hashPassword('caf\u00e9-caf\u00e9-caf\u00e9')
  expect(await verifyPassword({ hash, password: 'cafe\u0301-cafe\u0301-cafe\u0301' })).toBe(true)
})

test('a hash that the reference program made is read', async () => {
  // From test.c of the reference implementation: password, somesalt, t=2, m=2^16, p=1.
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await verifyPassword({ hash, password: 'password' })).toBe(true)
})

test('what is no hash is never right', async () => {
  for (const hash of ['', 'plain', '$argon2i$v=19$m=1,t=1,p=1$YQ$YQ', '$argon2id$v=19$m=8,t=1,p=1$$']) {
    expect(await verifyPassword({ hash, password: hash })).toBe(false)
  }
})
