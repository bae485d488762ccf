import { getMigrations } from 'better-auth/db/migration'
import { expect, test } from 'vitest'
import { startAccess } from './testing.ts'

const { access, admin, browser, clock } = await startAccess()

test('the right password signs in, and the cookie is all that a script cannot read', async () => {
  const page = browser()
  const answer = await page.signIn(admin.email, admin.password)
  expect(answer.statusCode).toBe(200)
  expect(answer.body).not.toContain('token')
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^qiao\.session_token=[^;]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
  )
  const principal = await page.principal()
  expect(principal).toMatchObject({ type: 'agent', agentId: admin.id, role: 'admin', inboxIds: 'all', via: 'browser' })
})

test('a wrong password and an unknown address are refused alike', async () => {
  const wrong = await browser().signIn(admin.email, 'not the password')
  const unknown = await browser().signIn('nobody@example.com', 'not the password')
  expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401])
  expect(wrong.json().code).toBe('INVALID_EMAIL_OR_PASSWORD')
  expect(unknown.json()).toEqual(wrong.json())
})

test('ten wrong passwords lock this address out with a time to wait, and nobody else', async () => {
  const agent = await admin.colleague('agent')
  const page = browser({ ip: '203.0.113.7' })
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await page.signIn(agent.email, 'not the password')).statusCode).toBe(401)
  }
  const locked = await page.signIn(agent.email, agent.password)
  expect(locked.statusCode).toBe(429)
  expect(locked.json()).toMatchObject({ code: 'rate-limited', detail: 'Too many attempts. Try again in 15 minutes.' })
  expect(Number(locked.headers['retry-after'])).toBe(900)
  // A colleague behind the same address, and the agent from elsewhere, are not punished.
  expect((await page.signIn(admin.email, admin.password)).statusCode).toBe(200)
  expect((await browser({ ip: '203.0.113.8' }).signIn(agent.email, agent.password)).statusCode).toBe(200)
  clock.advance(900_000)
  expect((await page.signIn(agent.email, agent.password)).statusCode).toBe(200)
})

test('signing out ends the session at once', async () => {
  const page = browser()
  await page.signIn(admin.email, admin.password)
  expect(await page.principal()).not.toBeNull()
  expect((await page.post('/api/auth/sign-out', {})).statusCode).toBe(200)
  expect(await page.principal()).toBeNull()
})

test('a forged, cut or foreign cookie is nobody', async () => {
  const page = browser()
  await page.signIn(admin.email, admin.password)
  const cookie = page.cookies.get('qiao.session_token') ?? ''
  const name = 'qiao.session_token='
  for (const value of ['', 'x', cookie.slice(0, -6), `a${cookie}`, cookie.split('.')[0]]) {
    expect(await access.resolveAgent({ headers: { cookie: name + value } })).toBeNull()
  }
  expect(await access.resolveAgent({ headers: { cookie: `other=1; ${name}${cookie}` } })).not.toBeNull()
})

test('another site can neither sign in nor use the cookie to change something', async () => {
  const page = browser()
  const evil = { origin: 'https://evil.example' }
  const refused = await page.post('/api/auth/sign-in/email', { email: admin.email, password: admin.password }, evil)
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'origin-refused'])
  await page.signIn(admin.email, admin.password)
  expect((await page.post('/api/auth/sign-out', {}, evil)).statusCode).toBe(403)
  expect((await page.post('/api/auth/sign-out', {}, { origin: undefined })).statusCode).toBe(403)
  const headers = { cookie: page.cookieHeader(), host: 'localhost:3000' }
  await expect(access.resolveAgent({ headers: { ...headers, ...evil }, method: 'POST' })).rejects.toThrow(
    'origin-refused',
  )
  await expect(access.resolveAgent({ headers, method: 'DELETE' })).rejects.toThrow('origin-refused')
  expect(await access.resolveAgent({ headers: { ...headers, ...evil }, method: 'GET' })).not.toBeNull()
})

test('what the sign-in library can do beyond our list is not reachable', async () => {
  const page = browser()
  await page.signIn(admin.email, admin.password)
  for (const path of ['sign-up/email', 'update-user', 'change-email', 'delete-user', 'list-sessions', 'set-password']) {
    expect((await page.post(`/api/auth/${path}`, { name: 'x', email: 'x@example.com' })).statusCode).toBe(404)
  }
})

test('the sign-in library finds every table and column that it writes', async () => {
  const { toBeCreated, toBeAdded } = await getMigrations(access.signIn.options)
  expect([...toBeCreated, ...toBeAdded]).toEqual([])
})
