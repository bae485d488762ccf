import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookPayload } from '@qiao/protocol'
import { Webhook as Verifier } from 'standardwebhooks'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { createAppender } from '#conversations'
import { noteRoutingEvent, sweepRoutingEvents } from '#routing'
import { createLocalBus } from '#platform/bus/bus'
import { manualClock } from '#platform/clock'
import { createSealer } from '#platform/crypto'
import { createTestDatabase } from '#platform/database/test-database'
import { readFeed, startFeed } from '#platform/feed/read-feed'
import { migrateJobs, startWorker } from '#platform/jobs/jobs'
import { createLog } from '#platform/log'
import { createSafeFetch } from '#platform/safe-fetch'
import { createWebhook, deleteWebhook, listWebhooks, rotateWebhookSecret, updateWebhook } from './configure-webhooks.ts'
import { listDeliveries, resendDelivery } from './delivery-log.ts'
import { routingWebhookFeed, webhookFeed } from './hand-over.ts'
import { followFeeds, webhookJobs } from './jobs.ts'
import { sendDeliveries } from './send-deliveries.ts'
import { sweepDeliveries } from './sweep-deliveries.ts'
import type { WebhookDeps } from './webhook-deps.ts'

const { db, pool } = await createTestDatabase()
const log = createLog({ level: 'error' })
const clock = manualClock(new Date())
const bus = createLocalBus(log)
const appender = createAppender({ pool, bus, clock })
const deps: WebhookDeps = {
  db,
  bus,
  clock,
  log,
  sealer: createSealer('secret '.repeat(8)),
  fetch: createSafeFetch({ allowPrivateTargets: true }),
}
const ids = { inbox: uuidv7(), contact: uuidv7(), identity: uuidv7(), conversation: uuidv7() }

beforeAll(async () => {
  await pool.query(`insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'k', 'S', now())`, [
    ids.inbox,
  ])
  await pool.query('insert into contacts (id, created_at) values ($1, now())', [ids.contact])
  await pool.query(
    `insert into identities (id, contact_id, inbox_id, address, created_at) values ($1, $2, $3, 'a', now())`,
    [ids.identity, ids.contact, ids.inbox],
  )
  await pool.query(
    `insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, created_at, last_activity_at)
     values ($1, $2, $3, $4, 'k', 'open', now(), now())`,
    [ids.conversation, ids.inbox, ids.contact, ids.identity],
  )
  await startFeed(db, webhookFeed(clock))
  await startFeed(db, routingWebhookFeed(clock))
})

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
  await pool.query('delete from webhooks')
})

interface Received {
  headers: Record<string, string>
  body: string
}
type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'silence'

/** A receiver as a customer would write one; `answer` decides by the number of the request. */
async function receiver(answer: (index: number) => Answer = () => ({ status: 204 })) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const how = answer(received.length)
      received.push({ headers: request.headers as Record<string, string>, body })
      if (how === 'silence') return response.destroy()
      return response.writeHead(how.status, how.headers ?? {}).end(how.body ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  undo.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}
async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const fields = { description: '', events: [], enabled: true }
const create = (url: string, more: object = {}) => createWebhook(deps, { ...fields, url, ...more }, null)

async function say(text: string): Promise<void> {
  await appender.append({
    conversationId: ids.conversation,
    clientKey: uuidv7(),
    author: { type: 'contact', id: ids.contact },
    decide: () => [{ kind: 'message.received', body: { content: { type: 'text', text, markup: 'none' } } }],
  })
  let progress = await readFeed(db, webhookFeed(clock))
  while (progress.behind) progress = await readFeed(db, webhookFeed(clock))
}
const logOf = async (id: string) => (await listDeliveries(deps, id, { limit: 50 })).items
const shown = async (id: string) => (await listWebhooks(deps)).find((webhook) => webhook.id === id)

test('an event arrives signed, and the standard library of receivers accepts it', async () => {
  const { received, url } = await receiver()
  const { webhook, secret } = await create(url)
  await say('你好 👋')
  await sendDeliveries(deps, webhook.id)
  expect(received).toHaveLength(1)
  const payload = new Verifier(secret).verify(received[0]!.body, received[0]!.headers)
  expect(webhookPayload.parse(payload)).toMatchObject({
    type: 'message.received',
    data: { entry: { body: { content: { text: '你好 👋' } } }, conversation: { id: ids.conversation } },
  })
  expect(() => new Verifier(secret).verify(`${received[0]!.body} `, received[0]!.headers)).toThrow(
    'No matching signature',
  )
  expect(await logOf(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 1, lastStatus: 204 }])
})

test('secrets are not readable in the database', async () => {
  const { webhook, secret } = await create('https://example.com/')
  const { rows } = await pool.query('select value from webhook_secrets where webhook_id = $1', [webhook.id])
  expect(rows).toHaveLength(1)
  expect(rows[0].value).not.toContain(secret.slice(6))
})

test('only the events that were asked for, and none for a webhook that is off', async () => {
  const { received, url } = await receiver()
  const chosen = await create(url, { events: ['conversation.closed'] })
  const off = await create(url, { enabled: false })
  await say('nobody wants to know')
  for (const { webhook } of [chosen, off]) await sendDeliveries(deps, webhook.id)
  expect(received).toEqual([])
  expect([...(await logOf(chosen.webhook.id)), ...(await logOf(off.webhook.id))]).toEqual([])
})

test('what happens to agents, offers and queues is told once each, in the same way', async () => {
  const { received, url } = await receiver()
  const { webhook, secret } = await create(url, { events: ['queue.paused', 'agent.state-changed'] })
  const queueId = uuidv7()
  const note = (paused: boolean) =>
    noteRoutingEvent(db, 'queue.paused', { queueId, paused, byAgentId: null }, clock.now())
  await note(true)
  await noteRoutingEvent(
    pool,
    'queue.changed',
    { queueId, name: 'not asked for', change: 'changed', byAgentId: null },
    clock.now(),
  )
  // Whoever rolls back has told nothing; whoever commits late is waited for.
  const client = await pool.connect()
  await client.query('begin')
  await noteRoutingEvent(client, 'queue.paused', { queueId, paused: false, byAgentId: null }, clock.now())
  await client.query('rollback')
  await client.query('begin')
  const state = { agentId: uuidv7(), state: 'available', reasonId: null, present: true, byAgentId: null } as const
  await noteRoutingEvent(client, 'agent.state-changed', { ...state, cause: 'chosen' }, clock.now())
  await note(false)
  const readers = () => Promise.all([1, 2, 3].map(() => readFeed(db, routingWebhookFeed(clock))))
  await readers()
  await client.query('commit')
  client.release()
  while ((await readers()).some(({ behind }) => behind));
  await sendDeliveries(deps, webhook.id)
  const payloads = received.map(({ body, headers }) => webhookPayload.parse(new Verifier(secret).verify(body, headers)))
  expect(payloads.map(({ type }) => type).toSorted()).toEqual(['agent.state-changed', 'queue.paused', 'queue.paused'])
  expect(payloads.find(({ type }) => type === 'agent.state-changed')).toMatchObject({
    timestamp: clock.now().toISOString(),
    data: { event: { body: { ...state, cause: 'chosen' } } },
  })
})

test('events that were handed over are swept after a week', async () => {
  await noteRoutingEvent(db, 'queue.paused', { queueId: uuidv7(), paused: true, byAgentId: null }, clock.now())
  const left = async (days: number) => {
    // Nobody wants them: they are passed over, once every transaction that began before has ended.
    await readFeed(db, routingWebhookFeed(clock))
    await sweepRoutingEvents(db, 'webhooks-routing', new Date(clock.now().getTime() + days * 86_400_000))
    return (await pool.query('select from routing_events')).rowCount
  }
  expect(await left(6)).toBeGreaterThan(0)
  await expect.poll(() => left(8), { timeout: 10_000 }).toBe(0)
})

test('a failure is tried again with the same id and body, shows since when, and ends with the first success', async () => {
  const { received, url } = await receiver((index) =>
    index === 0 ? { status: 500, body: 'x'.repeat(5000) } : { status: 200 },
  )
  const { webhook } = await create(url)
  await say('again')
  await sendDeliveries(deps, webhook.id)
  const [failed] = await logOf(webhook.id)
  expect(failed).toMatchObject({ state: 'pending', attempts: 1, lastStatus: 500, lastError: 'HTTP 500' })
  expect(failed?.lastResponse).toHaveLength(2048)
  expect((await shown(webhook.id))?.failingSince).toBe(clock.now().toISOString())
  await sendDeliveries(deps, webhook.id)
  expect(received).toHaveLength(1)
  clock.advance(6_000)
  await sendDeliveries(deps, webhook.id)
  expect(received).toHaveLength(2)
  expect(received[1]!.body).toBe(received[0]!.body)
  expect(received[1]!.headers['webhook-id']).toBe(received[0]!.headers['webhook-id'])
  expect(await logOf(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 2, nextAttemptAt: null }])
  expect((await shown(webhook.id))?.failingSince).toBeNull()
})

test('Retry-After keeps everything for that endpoint back', async () => {
  const { received, url } = await receiver((index) =>
    index === 0 ? { status: 429, headers: { 'retry-after': '600' } } : { status: 200 },
  )
  const { webhook } = await create(url)
  await say('one')
  await sendDeliveries(deps, webhook.id)
  await say('two')
  clock.advance(300_000)
  await sendDeliveries(deps, webhook.id)
  expect(received).toHaveLength(1)
  clock.advance(301_000)
  await sendDeliveries(deps, webhook.id)
  expect(received).toHaveLength(3)
})

test('after three days it is given up, and can be sent again by hand', async () => {
  let up = false
  const { received, url } = await receiver(() => (up ? { status: 200 } : 'silence'))
  const { webhook } = await create(url)
  await say('long gone')
  const startedAt = clock.now().getTime()
  for (let turn = 0; turn < 200; turn += 1) {
    await sendDeliveries(deps, webhook.id)
    const [delivery] = await logOf(webhook.id)
    if (!delivery?.nextAttemptAt) break
    clock.set(new Date(delivery.nextAttemptAt))
  }
  const [given] = await logOf(webhook.id)
  expect(given).toMatchObject({ state: 'failed', lastStatus: null })
  const hours = (clock.now().getTime() - startedAt) / 3_600_000
  expect(hours).toBeGreaterThan(60)
  expect(hours).toBeLessThanOrEqual(72)
  expect(received.length).toBeGreaterThan(10)
  up = true
  expect(await resendDelivery(deps, webhook.id, given!.id)).toMatchObject({ state: 'pending' })
  await sendDeliveries(deps, webhook.id)
  expect(await logOf(webhook.id)).toMatchObject([{ state: 'delivered' }])
  expect(received.at(-1)?.headers['webhook-id']).toBe(given!.id)
})

test('410 switches the webhook off; switched on again it sends what waited', async () => {
  const { received, url } = await receiver((index) => ({ status: index === 0 ? 410 : 200 }))
  const { webhook } = await create(url)
  await say('to nobody')
  await sendDeliveries(deps, webhook.id)
  expect(await shown(webhook.id)).toMatchObject({ enabled: false })
  expect(await logOf(webhook.id)).toMatchObject([{ state: 'failed', lastStatus: 410 }])
  await updateWebhook(deps, webhook.id, { ...fields, url }, null)
  await say('to somebody')
  await sendDeliveries(deps, webhook.id)
  expect(received).toHaveLength(2)
})

test('after a rotation both secrets verify for a day, then only the new one', async () => {
  const { received, url } = await receiver()
  const { webhook, secret } = await create(url)
  const renewed = await rotateWebhookSecret(deps, webhook.id, null)
  const accepts = (which: string, index: number): boolean => {
    const { headers, body } = received[index]!
    // The library looks at the real clock; the signature is of ours.
    const signed = new Verifier(which).sign(
      headers['webhook-id']!,
      new Date(Number(headers['webhook-timestamp']) * 1000),
      body,
    )
    return headers['webhook-signature']!.split(' ').includes(signed)
  }
  await say('during')
  await sendDeliveries(deps, webhook.id)
  expect([accepts(secret, 0), accepts(renewed, 0)]).toEqual([true, true])
  clock.advance(24 * 3_600_000 + 1000)
  await say('after')
  await sendDeliveries(deps, webhook.id)
  expect([accepts(secret, 1), accepts(renewed, 1)]).toEqual([false, true])
})

test('private targets are refused when configured and when sent to', async () => {
  const { received, url } = await receiver()
  const { webhook } = await create(url)
  const strict = { ...deps, fetch: createSafeFetch({ allowPrivateTargets: false }) }
  await expect(createWebhook(strict, { ...fields, url }, null)).rejects.toMatchObject({ code: 'target-url-refused' })
  await say('inside')
  await sendDeliveries(strict, webhook.id)
  expect(received).toEqual([])
  expect((await logOf(webhook.id))[0]?.lastError).toMatch('private address')
})

test('the log pages, and is swept after thirty days', async () => {
  const { url } = await receiver()
  const { webhook } = await create(url)
  for (let turn = 0; turn < 5; turn += 1) await say(`${turn}`)
  await sendDeliveries(deps, webhook.id)
  const first = await listDeliveries(deps, webhook.id, { limit: 3 })
  const second = await listDeliveries(deps, webhook.id, { limit: 3, cursor: first.nextCursor! })
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5)
  expect(second.nextCursor).toBeNull()
  clock.advance(29 * 86_400_000)
  await sweepDeliveries(deps)
  expect(await logOf(webhook.id)).toHaveLength(5)
  clock.advance(2 * 86_400_000)
  await sweepDeliveries(deps)
  expect(await logOf(webhook.id)).toHaveLength(0)
})

test('a webhook that is deleted leaves no job behind, not even when it is being asked', async () => {
  const jobsOf = async (id: string): Promise<number> => {
    const { rowCount } = await pool.query('select from graphile_worker.jobs where queue_name = $1', [`webhook:${id}`])
    return rowCount ?? 0
  }
  const { url } = await receiver(() => ({ status: 503 }))
  const waiting = (await create(url)).webhook.id
  await say('fails')
  await sendDeliveries(deps, waiting)
  // One for the event, one for its next try.
  expect(await jobsOf(waiting)).toBe(2)
  await deleteWebhook(deps, waiting, null)
  expect(await jobsOf(waiting)).toBe(0)

  const asked = (await create(url)).webhook.id
  await say('fails too')
  const deletes: WebhookDeps['fetch'] = Object.assign(
    async (...request: Parameters<WebhookDeps['fetch']>) => {
      await deleteWebhook(deps, asked, null)
      return deps.fetch(...request)
    },
    { check: (address: string) => deps.fetch.check(address), close: () => deps.fetch.close() },
  )
  await sendDeliveries({ ...deps, fetch: deletes }, asked)
  expect(await jobsOf(asked)).toBe(0)
  // A job that ran when it was deleted finds nothing to do.
  await sendDeliveries(deps, asked)
})

test('with the worker running an event goes out by itself, and a failure is repaired', async () => {
  await migrateJobs(pool, log)
  const real = { ...deps, clock: { now: () => new Date() } }
  const feed = await followFeeds(real)
  undo.push(() => feed.stop())
  const worker = await startWorker({ pool, jobs: webhookJobs(real, feed), log })
  undo.push(() => worker.stop())
  const { received, url } = await receiver((index) => ({ status: index === 0 ? 503 : 200 }))
  const { webhook } = await createWebhook(real, { ...fields, url }, null)
  await appender.append({
    conversationId: ids.conversation,
    clientKey: uuidv7(),
    author: { type: 'contact', id: ids.contact },
    decide: () => [{ kind: 'message.received', body: { content: { type: 'text', text: 'live', markup: 'none' } } }],
  })
  await expect.poll(() => received.length, { timeout: 15_000 }).toBe(2)
  await expect.poll(async () => (await logOf(webhook.id))[0]?.state, { timeout: 5_000 }).toBe('delivered')
}, 30_000)
