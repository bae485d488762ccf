import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startAuthority } from '../../../../../packages/channels/src/email/testing/authority.ts'
import { startCompany } from '../../testing/company.ts'

vi.setConfig({ testTimeout: 60_000 })
// The address to come back to is told to the provider beforehand.
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ PORT: String(port), QIAO_URL: url })
const { must, call, admin, lead, agent, db } = company
const redirectUri = `${url}/settings/channel-access`
const authority = await startAuthority({
  clientId: 'client',
  clientSecret: 'a-secret-of-google',
  redirectUri,
  scopes: ['https://mail.google.com/'],
  extra: { access_type: 'offline', prompt: 'consent' },
})
afterAll(() => authority.stop())

async function mailbox(changes: object = {}) {
  const { id } = await must('POST', '/api/v1/inboxes', admin.credentials, { name: 'Mail', channel: 'email' })
  const path = `/api/v1/inboxes/${id}/account`
  const config = {
    address: 'help@shop.example',
    signIn: 'google',
    clientId: 'client',
    clientSecret: 'a-secret-of-google',
    tokenUrl: `${authority.url}/token`,
    ...changes,
  }
  await must('PUT', path, admin.credentials, { version: 1, config })
  return { id: String(id), path }
}

/** The browser that begins, with its cookie; and what it brings back. */
async function begin(path: string) {
  const response = await fetch(`${url}${path}/access`, {
    method: 'POST',
    headers: { ...admin.credentials, origin: url },
  })
  expect(response.status).toBe(200)
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  const begun: { url: string } = JSON.parse(await response.text())
  const answer = authority.consent(begun.url)
  if ('refused' in answer) throw new Error(answer.refused)
  return { cookie, answer }
}
const withCookie = (credentials: Record<string, string>, cookie: string) => ({
  ...credentials,
  cookie: [credentials['cookie'], cookie].filter(Boolean).join('; '),
})
const finish = (body: object, cookie: string, by = admin.credentials) =>
  must('POST', '/api/v1/channels/access', withCookie(by, cookie), body)
const over = { inboxId: null, problem: { code: 'access-over' } }

test('an administrator signs in at the provider, and the refresh token is kept, sealed', async () => {
  const { id, path } = await mailbox()
  expect((await must('GET', path, admin.credentials)).authorisation).toEqual({
    provider: { zh: 'Google', en: 'Google' },
    ready: true,
    granted: false,
    redirectUri,
  })
  const { cookie, answer } = await begin(path)
  expect(await finish(answer, cookie)).toEqual({ inboxId: id, problem: null })
  const account = await must('GET', path, admin.credentials)
  expect(account).toMatchObject({ authorisation: { granted: true } })
  expect(account.secretsSet).toContain('refreshToken')
  const row = () => db.selectFrom('channel_accounts').selectAll().where('inbox_id', '=', id).executeTakeFirstOrThrow()
  expect(JSON.stringify([account, await row()])).not.toContain(authority.given.at(-1))

  // Another time it takes the place of the older one, of which nothing is kept.
  const token = {
    inbox_id: id,
    name: 'lasting:refresh 1',
    value: 'sealed',
    expires_at: new Date(Date.now() + 3_600_000),
  }
  await db.insertInto('channel_tokens').values(token).execute()
  const again = await begin(path)
  await finish(again.answer, again.cookie)
  expect(authority.given).toHaveLength(2)
  expect((await row()).previous_config).toBeNull()
  expect(await db.selectFrom('channel_tokens').selectAll().where('inbox_id', '=', id).execute()).toEqual([])
})

test('an answer counts once, in the browser of who began it, and until the settings change', async () => {
  const { id, path } = await mailbox()
  const first = await begin(path)
  expect(await finish(first.answer, 'qiao-access=another-browser')).toEqual(over)
  // Whoever tried it has used it up.
  expect(await finish(first.answer, first.cookie)).toEqual(over)
  const second = await begin(path)
  expect(await finish(second.answer, '')).toEqual(over)
  const third = await begin(path)
  expect(await finish({ ...third.answer, state: `${third.answer.state}x` }, third.cookie)).toEqual(over)
  expect(await finish(third.answer, third.cookie)).toMatchObject({ inboxId: id, problem: null })
  expect(await finish(third.answer, third.cookie)).toEqual(over)
  const fourth = await begin(path)
  const { version, config } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: { ...config, clientId: 'another' } })
  expect(await finish(fourth.answer, fourth.cookie)).toEqual(over)
})

test('another administrator cannot finish what this one began', async () => {
  const { path } = await mailbox()
  const { cookie, answer } = await begin(path)
  await must('PATCH', `/api/v1/agents/${company.spare.id}`, admin.credentials, { role: 'admin' })
  expect(await finish(answer, cookie, company.spare.credentials)).toEqual(over)
})

test('what is refused is told, and nothing is changed', async () => {
  const { id, path } = await mailbox()
  const denied = await begin(path)
  const { state } = denied.answer
  expect(await finish({ state, error: 'access_denied' }, denied.cookie)).toEqual({
    inboxId: id,
    problem: { code: 'access-denied', providerCode: 'access_denied' },
  })
  const wrong = await begin(path)
  expect(await finish({ ...wrong.answer, code: 'made-up' }, wrong.cookie)).toMatchObject({
    inboxId: id,
    problem: { code: 'access-failed', providerCode: 'invalid_grant' },
  })
  expect((await must('GET', path, admin.credentials)).authorisation).toMatchObject({ granted: false })
})

test('it begins only where it is wanted and can be, and for administrators', async () => {
  const { path } = await mailbox({ clientId: '' })
  expect(await call('POST', `${path}/access`, admin.credentials)).toMatchObject({ status: 409 })
  const plain = await mailbox({ signIn: 'password' })
  expect((await must('GET', plain.path, admin.credentials)).authorisation).toBeNull()
  expect(await call('POST', `${plain.path}/access`, admin.credentials)).toMatchObject({ status: 409 })
  const ready = await mailbox()
  for (const { credentials } of [lead, agent]) {
    expect(await call('POST', `${ready.path}/access`, credentials)).toMatchObject({ status: 403 })
    expect(await call('POST', '/api/v1/channels/access', credentials, { state: 's', code: 'c' })).toMatchObject({
      status: 403,
    })
  }
})
