import { generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { verifyIdentityToken } from './identity-token.ts'

const now = new Date('2026-03-01T08:00:00Z')
const seconds = now.getTime() / 1000
const secret = 'one secret of the inbox, long enough for HS256'
const other = 'another secret of the inbox, as long as the first'
const person = { name: '王芳', email: 'Wang@Example.com', phone: '+86 138 0000 0000', attributes: { vip: true } }

const sign = (claims: object = person, exp: number | null = seconds + 3600, key = secret, alg = 'HS256') => {
  const token = new SignJWT({ ...claims }).setProtectedHeader({ alg }).setSubject('customer-7')
  return (exp === null ? token : token.setExpirationTime(exp)).sign(new TextEncoder().encode(key))
}
const verify = (token: string, secrets: string[] = [secret]) => verifyIdentityToken(secrets, token, now)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a good token names the customer', async () => {
  expect(await verify(await sign())).toEqual({ externalId: 'customer-7', ...person, email: 'wang@example.com' })
})

test('while a site changes over, both secrets count; a retired one no longer does', async () => {
  const old = await sign(person, seconds + 60, other)
  expect((await verify(old, [secret, other])).externalId).toBe('customer-7')
  await expect(verify(old, [secret])).rejects.toThrow('no secret of this inbox signed it')
  await expect(verify(old, [])).rejects.toThrow('no secret yet')
})

test('alg none is refused, in every spelling and with a signature left over', async () => {
  await expect(verify(new UnsecuredJWT({ sub: 'x', exp: seconds + 60 }).encode())).rejects.toThrow('refused')
  const [, payload, signature] = (await sign()).split('.')
  for (const alg of ['none', 'None', 'NONE', '', null]) {
    await expect(verify(`${encode({ alg })}.${payload}.`)).rejects.toThrow('refused')
    await expect(verify(`${encode({ alg })}.${payload}.${signature}`)).rejects.toThrow('refused')
  }
})

test('a token of another algorithm is refused, even when its key is known as the secret', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const token = new SignJWT({ ...person }).setSubject('x').setExpirationTime(seconds + 60)
  const rs256 = await token.setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
  await expect(verify(rs256, [pem])).rejects.toThrow('"alg"')
  await expect(verify(await sign(person, seconds + 60, secret, 'HS512'))).rejects.toThrow('"alg"')
})

test('a key that the token brings along is not used', async () => {
  const evil = 'a key that the attacker made up, long enough'
  const jwk = { kty: 'oct', k: Buffer.from(evil).toString('base64url') }
  const token = new SignJWT({ ...person }).setSubject('x').setExpirationTime(seconds + 60)
  const signed = await token
    .setProtectedHeader({ alg: 'HS256', jwk, kid: '../../dev/null' })
    .sign(new TextEncoder().encode(evil))
  await expect(verify(signed)).rejects.toThrow('no secret of this inbox signed it')
})

test('it must end, soon, and not before now; a minute of clock difference is forgiven', async () => {
  await expect(verify(await sign(person, null))).rejects.toThrow('"exp"')
  await expect(verify(await sign(person, seconds - 61))).rejects.toThrow('"exp" claim timestamp check failed')
  await expect(verify(await sign(person, seconds + 86_400 + 61))).rejects.toThrow('24 hours')
  expect((await verify(await sign(person, seconds - 59))).externalId).toBe('customer-7')
  expect((await verify(await sign(person, seconds + 86_400))).externalId).toBe('customer-7')
})

test('a changed payload and what is no token at all are refused', async () => {
  const [header, , signature] = (await sign()).split('.')
  const changed = encode({ ...person, sub: 'somebody-else', exp: seconds + 60 })
  await expect(verify(`${header}.${changed}.${signature}`)).rejects.toThrow('no secret of this inbox signed it')
  for (const token of ['', 'x', '..', 'a.b.c', `${header}.${changed}`]) {
    await expect(verify(token)).rejects.toMatchObject({ code: 'identity-invalid' })
  }
})

test('claims are checked', async () => {
  const subjectless = new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(seconds + 60)
  await expect(verify(await subjectless.sign(new TextEncoder().encode(secret)))).rejects.toThrow('"sub"')
  await expect(verify(await sign({ email: 'no address' }))).rejects.toThrow('email')
  await expect(verify(await sign({ name: 'a\u0000b' }))).rejects.toThrow('name')
  await expect(verify(await sign({ attributes: { deep: { er: 1 } } }))).rejects.toThrow('attributes')
})
