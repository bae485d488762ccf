import type { Inbox } from '@qiao/protocol'
import type { JWTPayload } from 'jose'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { createSignInBrowser, type SignInBrowser } from '../../testing/sign-in-browser.ts'
import { connect } from '../../testing/socket-peer.ts'
import { startStaffProvider, unsigned } from '../../testing/staff-provider.ts'

const home = 'https://desk.camellia.example'
const company = await startCompany({ QIAO_URL: home })
const { must, call, admin, agent, db, inboxes } = company

const { id, key } = inboxes.first
const path = `/api/v1/inboxes/${id}`
const callback: string = (await must('GET', `${path}/sign-in`, admin.credentials)).callbackUrl
const provider = await startStaffProvider({ redirectUris: [callback] })
const other = await startStaffProvider({ redirectUris: [callback] })
afterAll(async () => {
  await provider.stop()
  await other.stop()
})

const li = {
  name: '李娜',
  email: 'li@camellia.example',
  email_verified: true,
  department: '财务部',
  employee_number: '10042',
}
const standard = {
  issuer: provider.issuer,
  clientId: provider.clientId,
  emailDomains: ['camellia.example'],
}
const save = async (fields: object = {}, secret: string | null = provider.secret) => {
  const { version } = await must('GET', `${path}/sign-in`, admin.credentials)
  return must('PUT', `${path}/sign-in`, admin.credentials, { version, fields: { ...standard, ...fields }, secret })
}
const readInbox = async (): Promise<Inbox> =>
  (await must('GET', '/api/v1/inboxes', admin.credentials)).inboxes.find((one: Inbox) => one.id === id)
const serve = async (audience: 'customers' | 'staff') => {
  const { version, settings } = await readInbox()
  await must('PATCH', path, admin.credentials, { version, settings: { ...settings, audience } })
}

await save()
await serve('staff')
beforeEach(() => {
  provider.people.clear()
  provider.people.set('li', li)
})

/** An address of the public server, where this one listens. */
const here = (address: string): string => address.replace(home, company.url)
const start = `${company.url}/chat/${key}/sign-in`
const reach = (browser: SignInBrowser, login = 'li', from = start): Promise<string> =>
  browser.signIn(from, login, callback)
const take = (browser: SignInBrowser, headers?: Record<string, string>) =>
  browser.post(`${company.url}/api/client/v1/inboxes/${key}/sign-in`, {}, headers)
const outcome = (to: string | null): string | null => new URL(to ?? home).searchParams.get('signed-in')

async function signedIn(login = 'li') {
  const browser = createSignInBrowser()
  const back = await browser.get(here(await reach(browser, login)))
  expect(outcome(back.to)).toBe('yes')
  const taken = await take(browser)
  expect(taken.status).toBe(201)
  const { token, visitor } = JSON.parse(taken.text)
  return { browser, token: String(token), visitor, credentials: { authorization: `Bearer ${token}` } }
}
const say = (credentials: Record<string, string>, text: string) =>
  must('POST', '/api/client/v1/messages', credentials, {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text },
  })

/** Signs in as far as the answer of the provider, changed on the way; nobody may come in by it. */
async function refusedAnswer(change: (answer: URL, browser: SignInBrowser) => Promise<unknown> | void) {
  const browser = createSignInBrowser()
  const answer = new URL(here(await reach(browser)))
  await change(answer, browser)
  const back = await browser.get(answer.href)
  expect((await take(browser)).status).toBe(401)
  return outcome(back.to)
}

describe('somebody of the company', () => {
  test('comes in, asks, and is seen with department and number; nothing of a token is in an address', async () => {
    const browser = createSignInBrowser()
    const begun = await browser.get(`${start}?window=1&lang=zh-CN`)
    const asked = new URL(begun.to ?? '').searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: callback,
      ui_locales: 'zh-CN',
    })
    const cookie = begun.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-qiao-sign-in=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const back = await browser.get(here(await reach(browser, 'li', `${start}?window=1&lang=zh-CN`)))
    expect(back.to).toBe(`${home}/chat/${key}?signed-in=yes&window=1&lang=zh-CN`)
    expect(back.headers.get('cache-control')).toBe('no-store')
    const { token, visitor } = JSON.parse((await take(browser)).text)
    expect(visitor).toMatchObject({ name: '李娜', email: 'li@camellia.example', identified: true })
    const { conversation } = await say({ authorization: `Bearer ${token}` }, 'The printer is out of paper')
    const shown = await must('GET', `/api/v1/contacts/${visitor.contactId}`, agent.credentials)
    expect(shown.contact).toMatchObject({
      externalId: `staff:${provider.issuer}#li`,
      attributes: { department: '财务部', employeeNumber: '10042' },
    })
    expect((await must('GET', '/api/client/v1/me', { authorization: `Bearer ${token}` })).conversations).toMatchObject([
      { id: conversation.id, number: expect.any(Number), state: 'open' },
    ])
  })

  test('is asked for the account again when told to, as after logging out', async () => {
    const browser = createSignInBrowser()
    await reach(browser)
    // The provider still knows the browser, and asks nothing more.
    const known = await browser.get((await browser.get(start)).to ?? '')
    expect(known.to?.startsWith(callback)).toBe(true)
    const begun = await browser.get(`${start}?choose=1`)
    expect(new URL(begun.to ?? '').searchParams.get('prompt')).toBe('login')
    expect((await browser.get(begun.to ?? '')).to).toContain('/interaction/')
  })

  test('finds the same requests again from another device, and nobody else does', async () => {
    const first = await signedIn()
    const { conversation } = await say(first.credentials, 'from the office')
    const second = await signedIn()
    expect(second.visitor.contactId).toBe(first.visitor.contactId)
    const { conversations } = await must('GET', '/api/client/v1/me', second.credentials)
    expect(conversations.map((one: { id: string }) => one.id)).toContain(conversation.id)
    provider.people.set('wang', { ...li, name: 'Wang', email: 'wang@camellia.example' })
    const wang = await signedIn('wang')
    expect((await must('GET', '/api/client/v1/me', wang.credentials)).conversations).toEqual([])
  })

  test('is out after logging out, and in the end by itself', async () => {
    const { credentials } = await signedIn()
    await must('DELETE', '/api/client/v1/me', credentials)
    expect((await call('GET', '/api/client/v1/me', credentials)).code).toBe('visitor-token-invalid')

    const later = await signedIn()
    const { expires_at: until } = await db
      .selectFrom('visitor_sessions')
      .select('expires_at')
      .where('contact_id', '=', later.visitor.contactId)
      .where('ended_at', 'is', null)
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow()
    expect(Math.round(((until?.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(12)
    await db.updateTable('visitor_sessions').set({ expires_at: new Date() }).execute()
    expect((await call('GET', '/api/client/v1/me', later.credentials)).code).toBe('visitor-token-invalid')
  })

  test('is shown out of an open chat when the sign-in no longer counts', async () => {
    const { token, visitor } = await signedIn()
    const soon = new Date(Date.now() + 1_500)
    await db
      .updateTable('visitor_sessions')
      .set({ expires_at: soon })
      .where('contact_id', '=', visitor.contactId)
      .execute()
    const peer = await connect(company.url, '/ws/visitor')
    peer.send({ type: 'hello', token })
    await peer.next((frame) => frame.type === 'ready')
    expect(await peer.next((frame) => frame.type === 'ended')).toMatchObject({ reason: 'expired' })
  })

  test('who left the department is shown without it', async () => {
    await signedIn()
    provider.people.set('li', { ...li, department: undefined, employee_number: 7 })
    const { visitor } = await signedIn()
    const { contact } = await must('GET', `/api/v1/contacts/${visitor.contactId}`, agent.credentials)
    expect(contact.attributes).toEqual({ employeeNumber: 7 })
  })
})

describe('nobody else comes in', () => {
  test('neither anonymously nor with a token of a site of the company, nor without a claim', async () => {
    const { secret } = await must('POST', `${path}/secrets`, admin.credentials, {})
    expect(secret).toMatch(/^qis_/)
    const sessions = `/api/client/v1/inboxes/${key}/sessions`
    expect((await call('POST', sessions, {}, {})).code).toBe('identity-required')
    expect((await call('POST', sessions, {}, { identity: 'a.b.c' })).code).toBe('identity-required')
    const { settings, team } = await must('GET', `/api/client/v1/inboxes/${key}/config`, {})
    expect(settings).toMatchObject({ audience: 'staff', identity: { required: true } })
    expect(team).toEqual([])
  })

  test.each([
    ['of another domain', { email: 'mallory@evil.example' }],
    ['whose address is not verified', { email_verified: false }],
    ['without an address', { email: undefined }],
  ])('somebody %s is told so', async (_name, claims) => {
    provider.people.set('mallory', { ...li, ...claims })
    const browser = createSignInBrowser()
    expect(outcome((await browser.get(here(await reach(browser, 'mallory')))).to)).toBe('not-admitted')
    expect((await take(browser)).status).toBe(401)
  })

  test('who was here before it became the help desk is shown out', async () => {
    await serve('customers')
    const visitor = await company.visitor()
    const peer = await connect(company.url, '/ws/visitor')
    peer.send({ type: 'hello', token: visitor.token })
    await peer.next((frame) => frame.type === 'ready')
    await serve('staff')
    expect(await peer.next((frame) => frame.type === 'ended')).toMatchObject({ reason: 'expired' })
    expect((await call('GET', '/api/client/v1/me', visitor.credentials)).code).toBe('visitor-token-invalid')
  })

  test('a page of anybody else may not embed it, until the company allows it', async () => {
    const config = `/api/client/v1/inboxes/${key}/config`
    const intranet = { origin: 'https://intranet.camellia.example' }
    expect((await call('GET', config, intranet)).code).toBe('domain-not-allowed')
    const { version, settings } = await readInbox()
    const allowed = { ...settings, allowedDomains: ['intranet.camellia.example'] }
    await must('PATCH', path, admin.credentials, { version, settings: allowed })
    expect((await call('GET', config, intranet)).status).toBe(200)
    expect((await call('GET', config, { origin: 'https://evil.example' })).code).toBe('domain-not-allowed')
  })

  test('an inbox for customers has no such page', async () => {
    const customers = `${company.url}/chat/${inboxes.second.key}`
    for (const page of ['sign-in', 'signed-in'])
      expect((await createSignInBrowser().get(`${customers}/${page}`)).status).toBe(404)
  })
})

describe('an attacker', () => {
  test('with another state, without one, or with one of another browser gets nowhere', async () => {
    expect(await refusedAnswer((answer) => answer.searchParams.set('state', 'made-up'))).toBe('over')
    expect(await refusedAnswer((answer) => answer.searchParams.delete('state'))).toBe('over')
    // The answer of somebody's own sign-in, put under another one's nose.
    const mallory = createSignInBrowser()
    const planted = here(await reach(mallory))
    const victim = createSignInBrowser()
    await victim.get(start)
    expect(outcome((await victim.get(planted)).to)).toBe('over')
    expect((await take(victim)).status).toBe(401)
  })

  test('who repeats an answer, or the taking up, gets nothing a second time', async () => {
    const browser = createSignInBrowser()
    const answer = here(await reach(browser))
    expect(outcome((await browser.get(answer)).to)).toBe('yes')
    expect(outcome((await browser.get(answer)).to)).toBe('over')
    expect((await take(browser)).status).toBe(201)
    expect((await take(browser)).status).toBe(401)
  })

  test('cannot use a sign-in up by looking ahead', async () => {
    const browser = createSignInBrowser()
    const answer = here(await reach(browser))
    const cookie = [...(browser.cookies.get(company.url) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
    await fetch(answer, { method: 'HEAD', headers: { cookie }, redirect: 'manual' })
    expect(outcome((await browser.get(answer)).to)).toBe('yes')
  })

  test('with a code that was used, or one of another provider, is refused by the provider', async () => {
    const first = createSignInBrowser()
    const used = new URL(await reach(first))
    await first.get(here(used.href))
    const code = used.searchParams.get('code') ?? ''
    expect(await refusedAnswer((answer) => answer.searchParams.set('code', code))).toBe('failed')
    expect(await refusedAnswer((answer) => answer.searchParams.set('iss', other.issuer))).toBe('failed')
    expect(await refusedAnswer((answer) => answer.searchParams.append('state', 'x'))).toBe('over')
  })

  const later = Math.floor(Date.now() / 1000) + 300
  test.each<[string, (token: string, claims: JWTPayload) => string | Promise<string>]>([
    ['with the nonce of another sign-in', (_token, claims) => provider.sign({ ...claims, nonce: 'another' })],
    ['without a nonce', (_token, { nonce: _gone, ...claims }) => provider.sign(claims)],
    ['that nobody signed', (token) => unsigned(token)],
    ['signed by another provider', (_token, claims) => other.sign(claims)],
    ['of another issuer', (_token, claims) => provider.sign({ ...claims, iss: other.issuer })],
    ['for another application', (_token, claims) => provider.sign({ ...claims, aud: 'the-wiki' })],
    ['of yesterday', (_token, claims) => provider.sign({ ...claims, iat: later - 90_000, exp: later - 86_400 })],
    [
      'whose claims were changed',
      (token) => token.replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"boss"}').toString('base64url')}.`),
    ],
  ])('cannot come in with an identity token %s', async (_name, forge) => {
    const browser = createSignInBrowser()
    const answer = here(await reach(browser))
    provider.forgeNext(forge)
    expect(outcome((await browser.get(answer)).to)).toBe('failed')
    expect((await take(browser)).status).toBe(401)
  })

  test('would come in if the provider itself had signed it so', async () => {
    const browser = createSignInBrowser()
    const answer = here(await reach(browser))
    provider.forgeNext((_token, claims) => provider.sign({ ...claims, name: 'Li, signed again' }))
    expect(outcome((await browser.get(answer)).to)).toBe('yes')
    expect(JSON.parse((await take(browser)).text).visitor.name).toBe('Li, signed again')
  })

  test('cannot lead anywhere else', async () => {
    for (const query of [
      'next=https://evil.example',
      'return_to=//evil.example',
      'redirect_uri=https://evil.example',
    ]) {
      const browser = createSignInBrowser()
      const begun = new URL((await browser.get(`${start}?${query}`)).to ?? '')
      expect([begun.origin, begun.searchParams.get('redirect_uri')]).toEqual([provider.issuer, callback])
      const answer = `${here(await reach(browser, 'li', `${start}?${query}`))}&${query}`
      expect((await browser.get(answer)).to).toBe(`${home}/chat/${key}?signed-in=yes`)
    }
  })

  test('on another site cannot take up the session', async () => {
    const browser = createSignInBrowser()
    await browser.get(here(await reach(browser)))
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await take(browser, { 'sec-fetch-site': site })).status).toBe(403)
    expect((await take(browser, { 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })
})

test('who does not consent is told that nothing happened', async () => {
  const browser = createSignInBrowser()
  const begun = await browser.get(start)
  const state = new URL(begun.to ?? '').searchParams.get('state') ?? ''
  const answer = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer })
  expect(outcome((await browser.get(`${here(callback)}?${answer.toString()}`)).to)).toBe('cancelled')
})
