import { can, type Role, roles, widgetConfig } from '@qiao/protocol'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Access } from '#access'
import { createSafeFetch } from '#platform/safe-fetch'
import { type Browser, startAccess } from '../access/testing.ts'
import { verifyIdentityToken } from './identity-token.ts'
import { createInboxes, type Inboxes } from './inboxes.ts'
import { inboxRoutes } from './routes.ts'
import { guarded } from './sign-in-provider.ts'
import type { SignInDeps } from './sign-in-settings.ts'
import { identitySecretsOf, readInbox, readInboxByKey, readWidgetConfig } from './known-inboxes.ts'

let started: (Inboxes & SignInDeps) | undefined
const startInboxes = (access: Access) => {
  const { db, clock } = access
  started = {
    ...createInboxes({ db, clock, secret: 'secret '.repeat(8), access, channels: ['web'] }),
    fetch: createSafeFetch({ allowPrivateTargets: false }),
    url: 'https://qiao.example',
  }
  return inboxRoutes(started)
}
const { admin, browser, clock, db } = await startAccess(startInboxes)
if (!started) throw new Error('The inboxes did not start')
const inboxes = started
const boss = browser()
await boss.signIn(admin.email, admin.password)

const unknown = '0190a000-0000-7000-8000-000000000000'
const week = [[{ from: 540, to: 1080 }], [], [], [], [], [], []]
const addTeam = async (name: string) => {
  const id = crypto.randomUUID()
  await db.insertInto('teams').values({ id, name, created_at: clock.now() }).execute()
  return id
}
const addInbox = async (fields: object) => (await boss.post('/api/v1/inboxes', { name: 'Shop', ...fields })).json()
async function signedIn(role: Role, teamIds: string[] = []): Promise<Browser> {
  const agent = await admin.colleague(role, teamIds)
  const page = browser()
  await page.signIn(agent.email, agent.password)
  return page
}

test('an inbox is made with defaults and a key of its own', async () => {
  const one = await addInbox({})
  const two = await addInbox({})
  expect(one).toMatchObject({ channel: 'web', calendarId: null, teamIds: [], pausedAt: null })
  expect(one.settings).toMatchObject({ defaultLocale: 'zh-CN', reopenWithinMinutes: 1440, allowedDomains: [] })
  expect(one.key).toMatch(/^[a-z2-9]{10}$/)
  expect(two.key).not.toBe(one.key)
})

test('what does not exist cannot be named', async () => {
  const department = { settings: { preChat: { departments: [{ teamId: unknown, label: 'Orders' }] } } }
  expect((await boss.post('/api/v1/inboxes', { name: 'x', channel: 'pigeon' })).statusCode).toBe(422)
  expect((await boss.post('/api/v1/inboxes', { name: 'x', calendarId: unknown })).statusCode).toBe(422)
  expect((await addInbox({ teamIds: [unknown] })).code).toBe('team-not-found')
  expect((await addInbox(department)).code).toBe('team-not-found')
  expect((await boss.patch(`/api/v1/inboxes/${unknown}`, { name: 'x', version: 1 })).statusCode).toBe(404)
})

test('agents and leads see the inboxes of their teams only, from the next request', async () => {
  const team = await addTeam('Sight')
  const inbox = await addInbox({ name: 'Seen', teamIds: [team] })
  const [agent, lead, other] = [await signedIn('agent', [team]), await signedIn('lead', [team]), await signedIn('lead')]
  const seen = async (page: Browser) =>
    (await page.get('/api/v1/inboxes')).json().inboxes.map((one: { id: string }) => one.id)
  expect(await seen(agent)).toEqual([inbox.id])
  expect(await seen(lead)).toEqual([inbox.id])
  expect(await seen(other)).toEqual([])
  expect(await seen(boss)).toContain(inbox.id)
  expect((await agent.principal())?.inboxIds).toEqual([inbox.id])
  await boss.patch(`/api/v1/inboxes/${inbox.id}`, { teamIds: [], version: inbox.version })
  expect(await seen(agent)).toEqual([])
  expect((await agent.principal())?.inboxIds).toEqual([])
})

test('a change shows at once to visitors of this process, and tells what is private to nobody', async () => {
  const team = await addTeam('Faces')
  const hidden = await addTeam('Deleted later')
  await admin.colleague('agent', [team])
  const calendar = (
    await boss.post('/api/v1/calendars', { name: 'Day', timeZone: 'Asia/Shanghai', weekly: week })
  ).json()
  const departments = [team, hidden].map((teamId) => ({ teamId, label: 'Team' }))
  const settings = { allowedDomains: ['example.com'], preChat: { departments } }
  const inbox = await addInbox({ teamIds: [team], calendarId: calendar.id, settings })
  const read = async () => {
    const found = await readInboxByKey(db, inbox.key)
    if (!found) throw new Error('The inbox is gone')
    return readWidgetConfig(db, found)
  }
  const config = await read()
  expect(widgetConfig.parse(config)).toEqual(config)
  expect(JSON.stringify(config)).not.toMatch(/allowedDomains|reopenWithin|autoClose|example\.com/)
  expect(config.hours).toEqual({ timeZone: 'Asia/Shanghai', alwaysOpen: false, weekly: week, holidays: [] })
  expect(config.team).toHaveLength(1)
  expect(config.settings.preChat.departments).toHaveLength(2)
  await db.deleteFrom('teams').where('id', '=', hidden).execute()
  await boss.patch(`/api/v1/inboxes/${inbox.id}`, { paused: true, name: 'Renamed', version: 1 })
  const later = await read()
  expect([later.paused, later.inbox.name]).toEqual([true, 'Renamed'])
  expect(later.settings.preChat.departments).toEqual([{ teamId: team, label: 'Team' }])
  const told: string[] = []
  const stop = inboxes.onChanged((what) => told.push(what))
  await boss.delete(`/api/v1/calendars/${calendar.id}`)
  stop()
  expect(told).toEqual(['calendars'])
  expect((await read()).hours).toBeNull()
  expect(await readInboxByKey(db, 'nosuchkey')).toBeNull()
})

test('of two who edit the same inbox the later one is told, and overwrites only when meant', async () => {
  const other = await signedIn('admin')
  const inbox = await addInbox({ name: 'Edited' })
  const url = `/api/v1/inboxes/${inbox.id}`
  expect(inbox).toMatchObject({ version: 1, changedAt: null, changedBy: null })
  expect((await boss.patch(url, { name: 'No version' })).json().issues[0].path).toBe('body.version')

  const theirs = (await other.patch(url, { name: 'Theirs', version: 1 })).json()
  const by = (await other.principal())?.agentId
  expect(theirs).toMatchObject({ version: 2, changedBy: by, changedAt: clock.now().toISOString() })
  const late = await boss.patch(url, { name: 'Mine', teamIds: [], version: 1 })
  expect([late.statusCode, late.json().code]).toEqual([409, 'changed-meanwhile'])
  expect((await boss.patch(url, { paused: true })).json()).toMatchObject({ name: 'Theirs', version: 2 })
  expect((await boss.patch(url, { name: 'Mine', version: 2 })).json()).toMatchObject({ name: 'Mine', version: 3 })

  const race = await Promise.all([boss, other].map((page, index) => page.patch(url, { name: `${index}`, version: 3 })))
  expect(new Set(race.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]))
})

test('secrets are shown once, stored encrypted, and two count while a site changes over', async () => {
  const inbox = await addInbox({})
  const url = `/api/v1/inboxes/${inbox.id}/secrets`
  const sign = (secret: string) =>
    new SignJWT({ sub: 'customer-1' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(clock.now().getTime() / 1000) + 60)
      .sign(new TextEncoder().encode(secret))
  const check = async (secret: string) =>
    verifyIdentityToken(await identitySecretsOf(db, inbox.id), await sign(secret), clock.now())
  const first = (await boss.post(url, {})).json()
  const second = (await boss.post(url, { keepOldHours: 2 })).json()
  expect(first.secret).toMatch(/^qis_[\w-]{43}$/)
  const list = (await boss.get(url)).json().secrets
  expect(list.map((one: { prefix: string }) => one.prefix)).toEqual([second.prefix, first.prefix])
  expect(JSON.stringify(list)).not.toContain(first.secret)
  const rows = await db.selectFrom('inbox_secrets').select('value').where('inbox_id', '=', inbox.id).execute()
  expect(JSON.stringify(rows)).not.toContain(second.secret)
  expect((await check(first.secret)).externalId).toBe('customer-1')
  expect((await check(second.secret)).externalId).toBe('customer-1')
  clock.advance(2 * 3_600_000)
  await expect(check(first.secret)).rejects.toThrow('no secret of this inbox signed it')
  expect((await check(second.secret)).externalId).toBe('customer-1')
  const third = (await boss.post(url, { keepOldHours: 0 })).json()
  expect(await identitySecretsOf(db, inbox.id)).toEqual([third.secret])
})

test('an inbox that customers wrote to stays; others can go', async () => {
  const used = await addInbox({})
  const contact = crypto.randomUUID()
  const at = clock.now()
  await db.insertInto('contacts').values({ id: contact, created_at: at }).execute()
  await db
    .insertInto('identities')
    .values({ id: crypto.randomUUID(), contact_id: contact, inbox_id: used.id, address: 'a', created_at: at })
    .execute()
  const refused = await boss.delete(`/api/v1/inboxes/${used.id}`)
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'conflict'])
  const unused = await addInbox({})
  expect((await boss.delete(`/api/v1/inboxes/${unused.id}`)).statusCode).toBe(204)
  expect(await readInbox(db, unused.id)).toBeNull()
})

test('calendars are checked', async () => {
  const bad = await boss.post('/api/v1/calendars', { name: 'x', timeZone: 'Mars/Olympus', weekly: week })
  expect(bad.json().issues[0].path).toBe('body.timeZone')
  const made = (await boss.post('/api/v1/calendars', { name: 'x', timeZone: 'Asia/Tokyo', weekly: week })).json()
  const changed = await boss.put(`/api/v1/calendars/${made.id}`, { ...made, alwaysOpen: true })
  const edited = { version: 2, changedAt: clock.now().toISOString(), changedBy: admin.id }
  expect(changed.json()).toEqual({ ...made, alwaysOpen: true, ...edited })
  const late = await boss.put(`/api/v1/calendars/${made.id}`, { ...made, name: 'Mine' })
  expect([late.statusCode, late.json().code]).toEqual([409, 'changed-meanwhile'])
  expect((await boss.delete(`/api/v1/calendars/${unknown}`)).statusCode).toBe(404)
})

test('the log names the settings that changed', async () => {
  const inbox = await addInbox({})
  const settings = { ...inbox.settings, voiceNotes: false }
  await boss.patch(`/api/v1/inboxes/${inbox.id}`, { settings, version: inbox.version })
  const row = await db.selectFrom('audit_events').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ action: 'inbox.changed', target_id: inbox.id, details: { settings: ['voiceNotes'] } })
})

test('a provider of sign-ins is one of the public internet', async () => {
  const inbox = await addInbox({})
  const save = async (issuer: string) =>
    (
      await boss.send('PUT', `/api/v1/inboxes/${inbox.id}/sign-in`, {
        version: 0,
        fields: { issuer, clientId: 'qiao' },
      })
    ).json().code
  expect(await save('https://10.0.0.1/realms/staff')).toBe('target-url-refused')
  expect(await save('http://127.0.0.1:8080')).toBe('target-url-refused')
  expect(await save('https://[::ffff:169.254.169.254]')).toBe('target-url-refused')
  // Whatever its documents point at is asked through the same guard.
  const ask = guarded(inboxes.fetch)
  const get = (url: string) => ask(url, { method: 'GET', headers: {}, body: null, redirect: 'manual' })
  await expect(get('https://10.0.0.1/keys')).rejects.toMatchObject({ code: 'target-url-refused' })
  await expect(get('http://login.example.com/keys')).rejects.toThrow('https')
})

test('every route is closed to strangers and to the roles that lack its permission', async () => {
  const pages = { admin: boss, lead: await signedIn('lead'), agent: await signedIn('agent') }
  for (const { endpoint } of inboxRoutes(inboxes)) {
    const { method, path, access: permission } = endpoint
    if (permission === 'public' || permission === 'visitor') throw new Error(`${path} is open`)
    const url = path.replace(':id', unknown)
    expect((await browser().send(method, url, { bad: 1 })).json().code, `${method} ${path}`).toBe('not-signed-in')
    for (const role of roles) {
      const { statusCode } = await pages[role].send(method, url, method === 'GET' ? undefined : { bad: 1 })
      expect(statusCode === 403, `${method} ${path} by ${role}: ${statusCode}`).toBe(!can(role, permission))
    }
  }
})
