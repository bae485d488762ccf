import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Conversation, Entry } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { createAppender, tendSilentConversations, wakeDueConversations } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import type { Clock } from '#platform/clock'
import { followDatabaseClock } from '#platform/database/database-clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { readConfig } from './config.ts'
import { startServer } from './main.ts'

const { db, pool, url: databaseUrl } = await createTestDatabase()
const dataDir = await mkdtemp(join(tmpdir(), 'qiao-skew-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))
const log = createLog({ level: 'error' })
const minutes = (count: number): number => count * 60_000
const wrongBy = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) })

async function server(machineClock: Clock) {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    PORT: '0',
    QIAO_DATA_DIR: dataDir,
    QIAO_DEMO: 'off',
    QIAO_ROLES: 'web',
    QIAO_SECRET: 'secret '.repeat(8),
  })
  const running = await startServer(config, { log, machineClock, checkResponses: true })
  afterAll(() => running.stop())
  return async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const response = await fetch(running.url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: running.url, ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return { body: text ? JSON.parse(text) : null, cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }
}

const fast = await server(wrongBy(minutes(7)))
const slow = await server(wrongBy(-minutes(5)))
const account = { email: 'admin@example.com', password: 'the first password' }
await fast('POST', '/api/v1/setup', {}, { ...account, organisationName: 'Example', name: 'Admin' })
// Both servers have the secret, so either takes the session that the other gave.
const agent = { cookie: (await slow('POST', '/api/auth/sign-in/email', {}, account)).cookie }
const autoClose = { enabled: true, warnAfterMinutes: 10, closeAfterMinutes: 5 }
const inbox = (await fast('POST', '/api/v1/inboxes', agent, { name: 'Inbox', settings: { autoClose } })).body

const text = (words: string) => ({ clientKey: uuidv7(), content: { type: 'text', text: words } })
async function begin() {
  const { token } = (await fast('POST', `/api/client/v1/inboxes/${inbox.key}/sessions`, {}, {})).body
  const visitor = { authorization: `Bearer ${token}` }
  const sent = await fast('POST', '/api/client/v1/messages', visitor, { ...text('first'), conversationId: null })
  return { id: String(sent.body.conversation.id), visitor }
}
const read = async (id: string): Promise<{ conversation: Conversation; entries: Entry[] }> => ({
  conversation: (await slow('GET', `/api/v1/conversations/${id}`, agent)).body.conversation,
  entries: (await slow('GET', `/api/v1/conversations/${id}/entries`, agent)).body.entries,
})
/** As a worker on a machine whose clock is wrong does it; `later` lets the true time pass as well. */
async function workerDeps(wrongMs: number, later = 0) {
  const bus = createLocalBus(log)
  const wall = await followDatabaseClock(pool, wrongBy(wrongMs), log)
  afterAll(() => wall.stop())
  const clock: Clock = { now: () => new Date(wall.now().getTime() + later) }
  return { db, pool, bus, clock, appender: createAppender({ pool, bus, clock }) }
}

test('two servers whose clocks differ by minutes write one timeline in order, in the time of the database', async () => {
  const { id, visitor } = await begin()
  const began = Date.now()
  for (let turn = 0; turn < 3; turn += 1) {
    await slow('POST', `/api/v1/conversations/${id}/messages`, agent, text(`reply ${turn}`))
    await fast('POST', '/api/client/v1/messages', visitor, { ...text(`again ${turn}`), conversationId: id })
  }
  const { conversation, entries } = await read(id)
  const times = entries.map(({ at }) => Date.parse(at))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  expect(Math.abs((times.at(-1) ?? 0) - began)).toBeLessThan(minutes(1))
  // Nobody waits less than nothing.
  const since = Date.parse(conversation.waitingSince ?? '')
  expect(since).toBeGreaterThanOrEqual(Date.parse(conversation.createdAt))
  expect(Date.parse(conversation.firstReplyAt ?? '')).toBeGreaterThanOrEqual(Date.parse(conversation.createdAt))
})

test('silence is measured and a snooze ends by the time of the database, however wrong the worker’s clock is', async () => {
  const silent = await begin()
  await slow('POST', `/api/v1/conversations/${silent.id}/messages`, agent, text('anything else?'))
  const away = await begin()
  const until = new Date(Date.now() + minutes(60)).toISOString()
  await fast('POST', `/api/v1/conversations/${away.id}/snooze`, agent, { clientKey: uuidv7(), until })
  const stateOf = async (id: string) => {
    const { conversation } = await read(id)
    return [conversation.state, conversation.silenceWarnedAt !== null]
  }
  for (const wrong of [minutes(180), -minutes(180)]) {
    const worker = await workerDeps(wrong)
    await tendSilentConversations(worker)
    await wakeDueConversations(worker)
    expect([await stateOf(silent.id), await stateOf(away.id)]).toEqual([
      ['open', false],
      ['snoozed', false],
    ])
  }
  await tendSilentConversations(await workerDeps(-minutes(180), minutes(11)))
  expect(await stateOf(silent.id)).toEqual(['open', true])
  // Not a second too early: the warning was given when eleven minutes had passed.
  await tendSilentConversations(await workerDeps(minutes(180), minutes(15)))
  expect(await stateOf(silent.id)).toEqual(['open', true])
  await tendSilentConversations(await workerDeps(minutes(180), minutes(17)))
  expect(await stateOf(silent.id)).toEqual(['closed', false])
  await wakeDueConversations(await workerDeps(-minutes(180), minutes(61)))
  expect(await stateOf(away.id)).toEqual(['open', false])
})

test('a clock that goes back does not take a timeline with it', async () => {
  const { id } = await begin()
  const bus = createLocalBus(log)
  const appender = createAppender({ pool, bus, clock: wrongBy(-minutes(60)) })
  const appended = await appender.append({
    conversationId: id,
    clientKey: uuidv7(),
    author: { type: 'system' },
    decide: (conversation, now) => {
      expect(now.getTime()).toBeGreaterThanOrEqual(Date.parse(conversation.lastActivityAt))
      return [{ kind: 'conversation.closed', body: { reason: 'resolved' } }]
    },
  })
  const { conversation } = appended
  expect(Date.parse(conversation.closedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(conversation.createdAt))
})
