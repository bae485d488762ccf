import { can, permissionTable, type Role, roles } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { accessRoutes } from './routes.ts'
import { type Browser, startAccess } from './testing.ts'

const { access, admin, browser, clock, mails, db } = await startAccess(accessRoutes)
const boss = browser()
await boss.signIn(admin.email, admin.password)

async function signedIn(role: Role): Promise<Browser & { id: string }> {
  const agent = await admin.colleague(role)
  const page = browser()
  await page.signIn(agent.email, agent.password)
  return { ...page, id: agent.id }
}

test('an invitation by mail becomes an agent, once', async () => {
  const invited = await boss.post('/api/v1/invitations', { email: 'New@Example.com', role: 'lead' })
  expect(invited.statusCode).toBe(201)
  const { link, mailed, invitation } = invited.json()
  expect(mailed).toBe(true)
  const token = new URL(link).searchParams.get('token') ?? ''
  const mail = (await mails()).at(-1)
  expect(mail).toMatchObject({ to: 'new@example.com', link, text: expect.stringContaining(link) })
  expect(mail?.until).toBe(invitation.expiresAt)
  expect(mail?.stored).not.toContain(token)
  const stranger = browser()
  const offer = await stranger.post('/api/v1/invitations/read', { token })
  expect(offer.json()).toEqual({ email: 'new@example.com', role: 'lead', organisationName: 'Example' })
  const short = await stranger.post('/api/v1/invitations/accept', { token, name: 'New', password: 'short' })
  expect(short.statusCode).toBe(422)
  const accept = { token, name: 'New', password: 'a new password' }
  const both = await Promise.all([1, 2].map(() => stranger.post('/api/v1/invitations/accept', accept)))
  expect(both.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([204, 410])
  expect((await stranger.signIn('new@example.com', 'a new password')).statusCode).toBe(200)
  expect(await stranger.principal()).toMatchObject({ role: 'lead', inboxIds: [] })
  expect((await boss.get('/api/v1/invitations')).json().invitations).not.toContainEqual(invitation)
  expect((await boss.post('/api/v1/invitations', { email: 'new@example.com', role: 'agent' })).json().code).toBe(
    'email-taken',
  )
})

test('an invitation ends after seven days, when it is taken back, and when a newer one is sent', async () => {
  const invite = async (email: string) => {
    const { link, invitation } = (await boss.post('/api/v1/invitations', { email, role: 'agent' })).json()
    return { id: invitation.id, token: new URL(link).searchParams.get('token') ?? '' }
  }
  const read = async (token: string) => (await browser().post('/api/v1/invitations/read', { token })).statusCode
  const older = await invite('late@example.com')
  const newer = await invite('late@example.com')
  expect([await read(older.token), await read(newer.token)]).toEqual([410, 200])
  expect((await boss.delete(`/api/v1/invitations/${newer.id}`)).statusCode).toBe(204)
  expect(await read(newer.token)).toBe(410)
  const last = await invite('late@example.com')
  clock.advance(7 * 86_400_000 - 1000)
  expect(await read(last.token)).toBe(200)
  clock.advance(1000)
  expect(await read(last.token)).toBe(410)
})

test('a reset link sets a password once and ends every session', async () => {
  const agent = await admin.colleague('agent')
  const page = browser()
  await page.signIn(agent.email, agent.password)
  const before = (await mails()).length
  const asked = await browser().post('/api/auth/request-password-reset', { email: agent.email })
  const unknown = await browser().post('/api/auth/request-password-reset', { email: 'nobody@example.com' })
  expect(unknown.json()).toEqual(asked.json())
  await expect.poll(async () => (await mails()).length).toBe(before + 1)
  const mail = (await mails()).at(-1)
  const link = new URL(mail?.link ?? '')
  expect(link.pathname).toBe('/reset-password')
  const token = link.searchParams.get('token') ?? ''
  const stored = await db.selectFrom('auth_verifications').select('identifier').execute()
  expect([mail?.stored, ...stored.map((row) => row.identifier)].some((text) => text?.includes(token))).toBe(false)
  const reset = (newPassword: string) => browser().post('/api/auth/reset-password', { token, newPassword })
  expect((await reset('short')).json().code).toBe('PASSWORD_TOO_SHORT')
  expect((await reset('a password that is new')).statusCode).toBe(200)
  expect((await reset('a password that is newer')).statusCode).toBe(400)
  expect(await page.principal()).toBeNull()
  expect((await page.signIn(agent.email, agent.password)).statusCode).toBe(401)
  expect((await page.signIn(agent.email, 'a password that is new')).statusCode).toBe(200)
})

test('changing the password keeps this device and ends the others', async () => {
  const agent = await admin.colleague('agent')
  const [here, there] = [browser(), browser()]
  await here.signIn(agent.email, agent.password)
  await there.signIn(agent.email, agent.password)
  const change = { currentPassword: agent.password, newPassword: 'another password' }
  expect(
    (await here.post('/api/auth/change-password', { ...change, currentPassword: 'wrong one here' })).statusCode,
  ).toBe(400)
  expect((await here.post('/api/auth/change-password', change)).statusCode).toBe(200)
  expect([(await here.principal()) !== null, await there.principal()]).toEqual([true, null])
})

test('devices are listed and signed out one by one', async () => {
  const agent = await admin.colleague('agent')
  const [here, there] = [browser(), browser({ ip: '203.0.113.9' })]
  await here.signIn(agent.email, agent.password)
  await there.signIn(agent.email, agent.password)
  const { devices } = (await here.get('/api/v1/me/devices')).json()
  expect(devices).toHaveLength(2)
  const other = devices.find((device: { current: boolean }) => !device.current)
  expect(other).toMatchObject({ ipAddress: '203.0.113.9', userAgent: 'Test browser' })
  expect((await boss.delete(`/api/v1/me/devices/${other.id}`)).statusCode).toBe(404)
  const told: unknown[] = []
  const stop = access.onAccessChanged((change) => told.push(change))
  expect((await here.delete(`/api/v1/me/devices/${other.id}`)).statusCode).toBe(204)
  stop()
  expect(told).toEqual([{ agentIds: [agent.id], reason: 'signed-out' }])
  expect([(await here.principal()) !== null, await there.principal()]).toEqual([true, null])
})

test('a disabled agent is out at once and stays out until somebody lets them in', async () => {
  const agent = await admin.colleague('agent')
  const page = browser()
  await page.signIn(agent.email, agent.password)
  expect(await page.principal()).not.toBeNull()
  const disabled = await boss.patch(`/api/v1/agents/${agent.id}`, { disabled: true })
  expect(disabled.json().disabledAt).not.toBeNull()
  expect(await page.principal()).toBeNull()
  expect((await page.get('/api/v1/me')).json().code).toBe('not-signed-in')
  const again = await page.signIn(agent.email, agent.password)
  expect([again.statusCode, again.json().code]).toEqual([403, 'ACCOUNT_DISABLED'])
  await boss.patch(`/api/v1/agents/${agent.id}`, { disabled: false })
  expect((await page.signIn(agent.email, agent.password)).statusCode).toBe(200)
})

test('a disabled agent can be invited back, with a new password and without the lost second factor', async () => {
  const agent = await admin.colleague('agent')
  await boss.patch(`/api/v1/agents/${agent.id}`, { disabled: true })
  const { link } = (await boss.post('/api/v1/invitations', { email: agent.email, role: 'lead' })).json()
  const token = new URL(link).searchParams.get('token')
  const page = browser()
  expect(
    (await page.post('/api/v1/invitations/accept', { token, name: 'Back', password: 'back again now' })).statusCode,
  ).toBe(204)
  expect((await page.signIn(agent.email, agent.password)).statusCode).toBe(401)
  expect((await page.signIn(agent.email, 'back again now')).statusCode).toBe(200)
  expect(await page.principal()).toMatchObject({ agentId: agent.id, role: 'lead' })
})

test('a role that changes counts from the next request', async () => {
  const page = await signedIn('agent')
  expect((await page.post('/api/v1/teams', { name: 'Mine' })).statusCode).toBe(403)
  await boss.patch(`/api/v1/agents/${page.id}`, { role: 'admin' })
  expect((await page.post('/api/v1/teams', { name: 'Mine' })).statusCode).toBe(201)
  await boss.patch(`/api/v1/agents/${page.id}`, { role: 'agent' })
  expect((await page.post('/api/v1/teams', { name: 'Yours' })).statusCode).toBe(403)
})

test('the last administrator stays one, even when two remove each other at once', async () => {
  for (const change of [{ role: 'agent' }, { disabled: true }]) {
    expect((await boss.patch(`/api/v1/agents/${admin.id}`, change)).json().code).toBe('last-admin')
  }
  const second = await signedIn('admin')
  const answers = await Promise.all([
    boss.patch(`/api/v1/agents/${second.id}`, { role: 'agent' }),
    second.patch(`/api/v1/agents/${admin.id}`, { role: 'agent' }),
  ])
  expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toContain(200)
  const admins = await db.selectFrom('agents').select('id').where('role', '=', 'admin').execute()
  expect(admins).toHaveLength(1)
  await db.updateTable('agents').set({ role: 'admin' }).where('id', '=', admin.id).execute()
  await db.updateTable('agents').set({ role: 'agent' }).where('id', '=', second.id).execute()
  access.forget()
})

test('teams bound what an agent sees, from the next request', async () => {
  const page = await signedIn('lead')
  const team = (await boss.post('/api/v1/teams', { name: 'Orders', agentIds: [page.id] })).json()
  expect(team).toMatchObject({ name: 'Orders', description: '', agentIds: [page.id], inboxIds: [] })
  expect((await page.principal())?.teamIds).toEqual([team.id])
  expect((await boss.post('/api/v1/teams', { name: 'orders' })).statusCode).toBe(409)
  const put = await boss.put(`/api/v1/teams/${team.id}`, { name: 'Orders', agentIds: [] })
  expect(put.json().agentIds).toEqual([])
  expect((await page.principal())?.teamIds).toEqual([])
  const unknown = '0190a000-0000-7000-8000-000000000000'
  expect((await boss.put(`/api/v1/teams/${team.id}`, { name: 'Orders', agentIds: [unknown] })).statusCode).toBe(422)
  expect((await boss.patch(`/api/v1/agents/${page.id}`, { teamIds: [unknown] })).json().code).toBe('team-not-found')
  expect((await boss.delete(`/api/v1/teams/${team.id}`)).statusCode).toBe(204)
  expect((await boss.delete(`/api/v1/teams/${team.id}`)).statusCode).toBe(404)
})

test('an API key acts as its maker with at most its role, until it ends', async () => {
  const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString()
  const made = await boss.post('/api/v1/api-keys', { name: 'Sync', role: 'lead', expiresAt })
  expect(made.statusCode).toBe(201)
  const { key, secret } = made.json()
  expect(secret).toMatch(/^qiao_[\w-]{43}$/)
  expect(secret.startsWith(key.prefix)).toBe(true)
  expect((await boss.get('/api/v1/api-keys')).body).not.toContain(secret)
  const program = browser()
  const auth = { authorization: `Bearer ${secret}` }
  const me = (await program.get('/api/v1/me', auth)).json().me
  expect([me.id, me.role]).toEqual([admin.id, 'lead'])
  // No cookie, so no origin: another site cannot make a browser send a key.
  expect((await program.post('/api/v1/teams', { name: 'By key' }, { ...auth, origin: undefined })).statusCode).toBe(403)
  expect((await program.get('/api/v1/me', { authorization: `Bearer ${secret}x` })).statusCode).toBe(401)
  clock.advance(60_000)
  access.forget()
  expect((await program.get('/api/v1/me', auth)).statusCode).toBe(401)
})

test('a key cannot make keys, and a revoked key is refused at once', async () => {
  const { key, secret } = (await boss.post('/api/v1/api-keys', { name: 'Full', role: 'admin' })).json()
  const auth = { authorization: `Bearer ${secret}` }
  expect((await browser().post('/api/v1/teams', { name: 'By a key' }, auth)).statusCode).toBe(201)
  expect((await browser().post('/api/v1/api-keys', { name: 'More', role: 'agent' }, auth)).statusCode).toBe(403)
  expect((await boss.delete(`/api/v1/api-keys/${key.id}`)).statusCode).toBe(204)
  expect((await browser().get('/api/v1/me', auth)).statusCode).toBe(401)
})

test('preferences change one by one', async () => {
  const page = await signedIn('agent')
  await page.patch('/api/v1/me', { preferences: { theme: 'dark' } })
  const me = (await page.patch('/api/v1/me', { preferences: { density: 'compact' }, publicName: 'Anna' })).json()
  expect(me.preferences).toMatchObject({ theme: 'dark', density: 'compact', sendWith: 'enter' })
  expect([me.publicName, me.inboxIds]).toEqual(['Anna', []])
  expect((await page.patch('/api/v1/me', { avatarUrl: 'javascript:alert(1)' })).statusCode).toBe(422)
  expect((await page.patch('/api/v1/me', { timeZone: 'Mars/Olympus' })).statusCode).toBe(422)
})

test('screens hear which list changed', async () => {
  const page = await signedIn('agent')
  const heard: string[] = []
  const stop = access.onListChanged((what) => heard.push(what))
  await page.patch('/api/v1/me', { preferences: { theme: 'dark' } })
  await page.patch('/api/v1/me', { publicName: null })
  await boss.post('/api/v1/teams', { name: 'Heard' })
  await boss.put('/api/v1/organisation', { name: 'Example', defaultLanguage: 'en', timeZone: 'Asia/Tokyo' })
  stop()
  expect(heard).toEqual(['agents', 'teams', 'organisation'])
})

test('changes of access and settings are in the log, page by page', async () => {
  await boss.put('/api/v1/organisation', { name: 'Example 2', defaultLanguage: 'zh-CN', timeZone: 'Asia/Tokyo' })
  const first = (await boss.get('/api/v1/audit?limit=2')).json()
  expect(first.items[0]).toMatchObject({
    agentId: admin.id,
    action: 'organisation.changed',
    targetType: 'organisation',
    details: { timeZone: 'Asia/Tokyo' },
    ipAddress: '198.51.100.1',
  })
  const second = (await boss.get(`/api/v1/audit?limit=200&cursor=${first.nextCursor}`)).json()
  const ids = [...first.items, ...second.items].map((event: { id: string }) => event.id)
  expect(new Set(ids).size).toBe(ids.length)
  const { total } = await db
    .selectFrom('audit_events')
    .select((e) => e.fn.countAll().as('total'))
    .executeTakeFirstOrThrow()
  expect(ids).toHaveLength(Math.min(Number(total), 202))
  expect((await boss.get('/api/v1/audit?cursor=nonsense')).statusCode).toBe(400)
})

test('every route is closed to strangers and to the roles that lack its permission', async () => {
  const pages = { admin: boss, lead: await signedIn('lead'), agent: await signedIn('agent') }
  const unknown = '0190a000-0000-7000-8000-000000000000'
  for (const { endpoint } of accessRoutes(access)) {
    const { method, path, access: permission } = endpoint
    if (permission === 'public' || permission === 'visitor') continue
    expect(Object.keys(permissionTable)).toContain(permission)
    const url = path.replace(':id', unknown)
    const ask = (page: Browser) => page.send(method, url, method === 'GET' ? undefined : { bad: 1 })
    expect((await ask(browser())).json().code, `${method} ${path} by a stranger`).toBe('not-signed-in')
    for (const role of roles) {
      const { statusCode } = await ask(pages[role])
      expect(statusCode === 403, `${method} ${path} by ${role}: ${statusCode}`).toBe(!can(role, permission))
    }
  }
})
