import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Browser, startAccess } from './testing.ts'

const { db, admin, browser } = await startAccess()

/** RFC 6238, as an authenticator app computes it; the library's clock is the wall's. */
function codeOf(totpUri: string, at = Date.now()): string {
  const secret = decodeBase32(new URL(totpUri).searchParams.get('secret') ?? '')
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function decodeBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text.replace(/=+$/, ''))
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

async function protectedAgent(): Promise<{
  email: string
  password: string
  uri: string
  codes: string[]
  page: Browser
}> {
  const agent = await admin.colleague('agent')
  const page = browser()
  await page.signIn(agent.email, agent.password)
  const enabled = await page.post('/api/auth/two-factor/enable', { password: agent.password })
  const { totpURI: uri, backupCodes: codes } = enabled.json()
  const confirmed = await page.post('/api/auth/two-factor/verify-totp', { code: codeOf(uri) })
  expect(confirmed.statusCode).toBe(200)
  return { ...agent, uri, codes, page }
}

test('switching it on keeps this device signed in and asks the next for a code', async () => {
  const agent = await protectedAgent()
  expect(await agent.page.principal()).not.toBeNull()
  const other = browser()
  const first = await other.signIn(agent.email, agent.password)
  expect(first.json()).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
  expect(await other.principal()).toBeNull()
  const wrong = await other.post('/api/auth/two-factor/verify-totp', { code: '000000' })
  expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'INVALID_CODE'])
  expect(await other.principal()).toBeNull()
  expect((await other.post('/api/auth/two-factor/verify-totp', { code: codeOf(agent.uri) })).statusCode).toBe(200)
  expect(await other.principal()).not.toBeNull()
})

test('a code without the password is worth nothing', async () => {
  const agent = await protectedAgent()
  const stranger = await browser().post('/api/auth/two-factor/verify-totp', { code: codeOf(agent.uri) })
  expect(stranger.statusCode).toBe(401)
})

test('a backup code signs in once', async () => {
  const agent = await protectedAgent()
  const [code] = agent.codes
  const one = browser()
  await one.signIn(agent.email, agent.password)
  expect((await one.post('/api/auth/two-factor/verify-backup-code', { code })).statusCode).toBe(200)
  expect(await one.principal()).not.toBeNull()
  const two = browser()
  await two.signIn(agent.email, agent.password)
  expect((await two.post('/api/auth/two-factor/verify-backup-code', { code })).statusCode).toBe(401)
  expect(await two.principal()).toBeNull()
})

test('guessing codes ends with the challenge', async () => {
  const agent = await protectedAgent()
  const page = browser()
  await page.signIn(agent.email, agent.password)
  const answers: number[] = []
  for (let guess = 0; guess < 6; guess += 1) {
    answers.push((await page.post('/api/auth/two-factor/verify-totp', { code: `00000${guess}` })).statusCode)
  }
  expect(answers).toEqual([401, 401, 401, 401, 401, 400])
  expect((await page.post('/api/auth/two-factor/verify-totp', { code: codeOf(agent.uri) })).statusCode).toBe(401)
})

test('switching it off wants the password and is written down', async () => {
  const agent = await protectedAgent()
  expect((await agent.page.post('/api/auth/two-factor/disable', { password: 'not the password' })).statusCode).toBe(400)
  expect((await agent.page.post('/api/auth/two-factor/disable', { password: agent.password })).statusCode).toBe(200)
  const other = browser()
  expect((await other.signIn(agent.email, agent.password)).json().twoFactorRedirect).toBeUndefined()
  expect(await other.principal()).not.toBeNull()
  const actions = await db.selectFrom('audit_events').select('action').orderBy('id').execute()
  const seen = actions.map((row) => row.action)
  expect(seen).toContain('agent.two-factor-enabled')
  expect(seen).toContain('agent.two-factor-disabled')
})
