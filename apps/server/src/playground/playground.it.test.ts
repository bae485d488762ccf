import { mkdtemp, rm } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { channels } from '@qiao/channels'
import { widgetConfig } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../../bench/support/server-process.ts'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { readConfig } from '../config.ts'
import { demoPassword } from '../demo/company.ts'
import { type RunningServer, startServer } from '../main.ts'
import { until } from '../testing/parrot-company.ts'
import { type Browser, openPlayground } from './testing.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })
const { db, pool, url: databaseUrl } = await createTestDatabase()
const dataDir = await mkdtemp(join(tmpdir(), 'qiao-playground-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))
// Some providers sign the whole address that they call, so it has to be known before the server listens.
const port = String(await freePort())
const settings = {
  PORT: port,
  QIAO_URL: `http://127.0.0.1:${port}`,
  DATABASE_URL: databaseUrl,
  QIAO_DATA_DIR: dataDir,
  QIAO_DEMO: 'on',
}
const routes = new Set<string>()
const start = (more: Record<string, string> = {}, heard = routes): Promise<RunningServer> =>
  startServer(readConfig({ ...settings, ...more }), {
    log: createLog({ level: 'fatal' }),
    onRoute: (method, path) => heard.add(`${method} ${path}`),
  })

let server: RunningServer
let agent: Record<string, string>
let mei: Browser
let jun: Browser
beforeAll(async () => {
  server = await start()
  agent = await signIn()
  mei = await openPlayground(server.url)
  jun = await openPlayground(server.url)
})
afterAll(async () => {
  mei.close()
  jun.close()
  await server.stop()
})

async function signIn(): Promise<Record<string, string>> {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'admin@camellia.example', password: demoPassword }),
  })
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0])
  return { cookie: cookie.join('; '), origin: server.url }
}

async function answer(conversationId: string, text: string): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...agent },
    body: JSON.stringify({ clientKey: uuidv7(), content: { type: 'text', text } }),
  })
  expect(response.ok).toBe(true)
  return text
}

interface Received {
  conversation_id: string
  contact_id: string
}
async function received(text: string): Promise<Received[]> {
  const { rows } = await pool.query<Received>(
    `select conversation_id, contact_id from entries join conversations on conversations.id = conversation_id
     where kind = 'message.received' and body -> 'content' ->> 'text' = $1`,
    [text],
  )
  return rows
}

async function arrived(text: string): Promise<Received> {
  await until(async () => (await received(text)).length > 0)
  const [first, ...others] = await received(text)
  expect(others).toEqual([])
  return first!
}
const texts = (browser: Browser, channel: string, mine: boolean): string[] =>
  browser
    .phone(channel)
    .screen.filter((one) => one.mine === mine)
    .map(({ text }) => text)

test('there is a phone for every channel, without a word of its own', () => {
  expect(mei.phones.map(({ channel }) => channel).toSorted()).toEqual(channels.map(({ about }) => about.id).toSorted())
})

test('who leaves a message in the shop can ask for a letter in answer', async () => {
  const response = await fetch(`${server.url}/api/client/v1/inboxes/camellia-zh/config`)
  const { offline } = widgetConfig.parse(await response.json()).settings
  expect(offline.answersFrom.mailInboxId).not.toBeNull()
  expect(offline.topics.map(({ label }) => label)).toContain('发票')
})

describe.each(channels.map(({ about }) => about.id))('%s', (channel) => {
  test('what is said there arrives, and the answer is on the phone, now and after the next start', async () => {
    const { conversation_id: id, contact_id: contactId } = await said(`hello by ${channel}`)
    const words = await answer(id, `answer by ${channel}`)
    // Where only templates can be sent, their words stand around it.
    await until(() => texts(mei, channel, false).some((text) => text.includes(words)))
    await until(() => mei.phone(channel).screen.find(({ mine }) => mine)?.mark !== 'sent')
    // Nobody else's phone shows it.
    expect(jun.phone(channel).screen).toEqual([])
    again.set(channel, contactId)
  })

  async function said(text: string) {
    expect(await mei.post(`${channel}/say`, { type: 'text', text })).toBe(204)
    return arrived(text)
  }
})
const again = new Map<string, string>()

test('pictures go both ways, and only to the phone that has them', async () => {
  expect(await mei.post('whatsapp/say', { type: 'sample', sample: 'image' })).toBe(204)
  await until(() => mei.phone('whatsapp').screen.some(({ file }) => file?.kind === 'image'))
  const { file } = mei.phone('whatsapp').screen.find((one) => one.file) ?? {}
  const own = await fetch(server.url + (file?.address ?? ''), { headers: mei.headers })
  expect([own.status, own.headers.get('content-type'), own.headers.get('content-security-policy')]).toEqual([
    200,
    'image/jpeg',
    "default-src 'none'; sandbox",
  ])
  const foreign = await fetch(server.url + (file?.address ?? ''), { headers: jun.headers })
  expect(foreign.status).toBe(404)
})

test('a page that somebody sends is never shown as one of ours', async () => {
  const page = '<script>alert(1)</script>'
  const put = await fetch(`${server.url}/playground/phones/telegram/files?name=x.html&mime=text/html`, {
    method: 'PUT',
    headers: { ...mei.headers, 'content-type': 'application/octet-stream' },
    body: page,
  })
  expect(put.status).toBe(204)
  await until(() => mei.phone('telegram').screen.some(({ file }) => file?.kind === 'file'))
  const { file } = mei.phone('telegram').screen.findLast((one) => one.file) ?? {}
  const shown = await fetch(server.url + (file?.address ?? ''), { headers: mei.headers })
  expect([shown.headers.get('content-type'), shown.headers.get('content-disposition')]).toEqual([
    'application/octet-stream',
    'attachment',
  ])
})

test('what the customer reads is marked, and a window that is over says so to the agent', async () => {
  await mei.post('whatsapp/say', { type: 'text', text: 'still there?' })
  const { conversation_id: id } = await arrived('still there?')
  await answer(id, 'before')
  await until(() => texts(mei, 'whatsapp', false).includes('before'))
  const failures = async (): Promise<unknown[]> =>
    (
      await db
        .selectFrom('entries')
        .select('body')
        .where('conversation_id', '=', id)
        .where('kind', '=', 'message.failed')
        .execute()
    ).map(({ body }) => (body as { problem: { code: string } }).problem.code)
  expect(await mei.post('whatsapp/expire')).toBe(204)
  await until(() => mei.phone('whatsapp').aheadMs > 0)
  await answer(id, 'too late')
  await until(async () => (await failures()).length > 0)
  expect(await failures()).toEqual(['window-closed'])
  // Who writes again is back in the present.
  await mei.post('whatsapp/say', { type: 'text', text: 'back again' })
  expect((await arrived('back again')).conversation_id).toBe(id)
  await answer(id, 'in time')
  await until(() => texts(mei, 'whatsapp', false).includes('in time'))
  expect(texts(mei, 'whatsapp', false)).not.toContain('too late')
})

test.each(['wechat', 'wecom', 'messenger', 'instagram'])(
  '%s signs in the present after its window',
  async (channel) => {
    await mei.post(`${channel}/expire`)
    await mei.post(`${channel}/say`, { type: 'text', text: `later by ${channel}` })
    const { conversation_id: id } = await arrived(`later by ${channel}`)
    await answer(id, `and again by ${channel}`)
    await until(() => texts(mei, channel, false).includes(`and again by ${channel}`))
    expect(mei.phone(channel).aheadMs).toBe(0)
  },
)

test('a provider that is silent, busy or refuses the token gets the answer when it works again', async () => {
  await mei.post('telegram/say', { type: 'text', text: 'anybody?' })
  const { conversation_id: id } = await arrived('anybody?')
  for (const trouble of ['rate-limit', 'token', 'silence']) {
    expect(await mei.post('telegram/trouble', { trouble })).toBe(204)
    await until(() => mei.phone('telegram').trouble === trouble)
    expect(jun.phone('telegram').trouble).toBe(trouble)
    await answer(id, `during ${trouble}`)
    await until(async () => {
      const rows = await db.selectFrom('deliveries').select('problem').where('conversation_id', '=', id).execute()
      return rows.some(({ problem }) => problem !== null) || rows.length === 0
    })
    expect(texts(mei, 'telegram', false)).not.toContain(`during ${trouble}`)
    await mei.post('telegram/trouble', { trouble: null })
  }
  await until(() => texts(mei, 'telegram', false).includes('during rate-limit'))
})

test('only what is offered can be done, by those who opened the playground, from this machine', async () => {
  const stranger = { 'content-type': 'application/json' }
  const post = (path: string, headers: Record<string, string>, body: object) =>
    fetch(`${server.url}/playground/phones/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  for (const path of ['telegram/say', 'telegram/act', 'telegram/read', 'telegram/expire', 'telegram/trouble'])
    expect([path, (await post(path, stranger, { act: 'start' })).status]).toEqual([path, 403])
  const made = { ...stranger, cookie: `qiao_phones=${'x'.repeat(32)}` }
  expect((await post('telegram/say', made, { type: 'text', text: 'x' })).status).toBe(403)
  expect((await fetch(`${server.url}/playground/phones/stream`)).status).toBe(403)
  for (const act of ['group:Family', 'colleague:hello', 'nonsense', 'press:nothing'])
    expect([act, await mei.post('telegram/act', { act })]).toEqual([act, 400])
  expect(await mei.post('nowhere/say', { type: 'text', text: 'x' })).toBe(404)
  expect(await mei.post('telegram/expire')).toBe(400)
  expect(await mei.post('open-channel/trouble', { trouble: 'token' })).toBe(400)
  // A form of a foreign page cannot say what a page of ours can.
  const form = { ...mei.headers, 'content-type': 'text/plain' }
  expect((await post('telegram/trouble', form, { trouble: 'silence' })).status).toBe(422)
})

test('another start wires them anew: the same customer goes on with the same people', async () => {
  const secret = mei.secret
  mei.close()
  jun.close()
  await server.stop()
  server = await start()
  agent = await signIn()
  // Somebody else comes first, and is nobody whom they know.
  jun = await openPlayground(server.url)
  mei = await openPlayground(server.url, secret)
  for (const [channel, contactId] of again) {
    await jun.post(`${channel}/say`, { type: 'text', text: `stranger by ${channel}` })
    await mei.post(`${channel}/say`, { type: 'text', text: `again by ${channel}` })
    expect([channel, (await arrived(`again by ${channel}`)).contact_id]).toEqual([channel, contactId])
    expect([channel, (await arrived(`stranger by ${channel}`)).contact_id]).not.toEqual([channel, contactId])
  }
  const inboxes = await db.selectFrom('inboxes').select('id').where('key', 'like', 'phone-%').execute()
  expect(inboxes).toHaveLength(channels.length)
})

test('the company has templates and entrance codes at its providers, the same after another start', async () => {
  const templates = await db
    .selectFrom('message_templates')
    .innerJoin('inboxes', 'inboxes.id', 'inbox_id')
    .select(['channel', 'state', 'message_templates.name', 'title'])
    .execute()
  const states = (channel: string) =>
    Object.fromEntries(
      templates.flatMap((one) => (one.channel === channel ? [[one.title ?? one.name, one.state]] : [])),
    )
  expect(states('whatsapp')).toEqual({
    order_shipped: 'approved',
    tasting_reminder: 'approved',
    slow_brew_offer: 'pending',
  })
  const approved = { 发货通知: 'approved', 到店自提: 'approved' }
  expect(states('aliyun')).toMatchObject({ ...approved, 慢递提醒: 'pending', '会员日（驳回样例）': 'rejected' })
  expect(states('tencent')).toMatchObject(approved)
  const codes = await db
    .selectFrom('entrance_codes')
    .innerJoin('inboxes', 'inboxes.id', 'inbox_id')
    .select(['channel', 'parameter', 'url', 'team_id'])
    .orderBy('parameter')
    .execute()
  expect(codes.map(({ channel, parameter }) => `${channel} ${parameter}`).toSorted()).toEqual([
    'telegram newsletter',
    'wechat counter',
    'wechat parcel',
    'wecom website',
    'whatsapp parcel',
    'whatsapp window',
  ])
  expect(codes.filter(({ team_id: team }) => team !== null)).toHaveLength(2)
  // The provider of this start knows the code.
  const counter = codes.find(({ parameter }) => parameter === 'counter')
  expect(await mei.post('wechat/act', { act: `scan:${counter?.url}` })).toBe(204)
})

test('from another machine there are none', async () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && one.family === 'IPv4' && !one.internal)
  // A machine without a network has no outside.
  if (!outside) return
  const open = await start({ HOST: '0.0.0.0', PORT: '0' }, new Set())
  const seen = (host: string) =>
    fetch(open.url.replace('127.0.0.1', host) + '/playground/phones').then(({ status }) => status)
  const answers = [await seen('127.0.0.1'), await seen(outside.address)]
  await open.stop()
  expect(answers).toEqual([200, 404])
})

test.each<Record<string, string>>([{ NODE_ENV: 'production', QIAO_SECRET: 'x'.repeat(40) }, { QIAO_ROLES: 'web' }])(
  'with %o there are none',
  async (more) => {
    const heard = new Set<string>()
    const other = await start({ ...more, PORT: '0' }, heard)
    await other.stop()
    expect([...heard].filter((route) => route.includes('phones'))).toEqual([])
  },
)

test('every route of the phones was asked for', () => {
  expect([...routes].filter((route) => route.includes('phones') && !route.startsWith('HEAD')).toSorted()).toEqual([
    'GET /playground/phones',
    'GET /playground/phones/:channel/files/:id',
    'GET /playground/phones/stream',
    'POST /playground/phones/:channel/act',
    'POST /playground/phones/:channel/expire',
    'POST /playground/phones/:channel/read',
    'POST /playground/phones/:channel/say',
    'POST /playground/phones/:channel/trouble',
    'PUT /playground/phones/:channel/files',
  ])
})
