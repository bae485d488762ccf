import { channels } from '@qiao/channels'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { createAppender, followAll, type FollowAppends } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createSealer } from '#platform/crypto'
import { createLog } from '#platform/log'
import { followAppends, readQueue, type WaitNow } from '#routing'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { until } from '../../testing/parrot-company.ts'
import { shownOn, simulatedInbox } from '../../testing/simulated-inbox.ts'
import { followDeliveries } from '../outbound/follow-deliveries.ts'
import type { TellingDeps } from './announce.ts'
import { followStays } from './follow-stays.ts'
import { tellStay } from './tell-stay.ts'
import { createWaitTeller } from './tell-waits.ts'

vi.setConfig({ testTimeout: 60_000 })
const secret = 'the same secret for every process of it'
const port = await freePort()
const url = `http://127.0.0.1:${port}`
/** Without a router: nobody tells of places but the tellers of these tests, each of which might be another process. */
const company = await startCompany({ QIAO_ROLES: 'web,worker', QIAO_SECRET: secret, QIAO_URL: url, PORT: String(port) })
const { db, pool, must, agent } = company
await db.updateTable('capacity_profiles').set({ units: 10_000 }).execute()
const queueId = await addQueue(db)
const sms = await simulatedInbox(company, 'twilio', queueId)

const nothing: FollowAppends = async () => []
function process(follow = nothing): TellingDeps {
  const log = createLog({ level: 'silent' })
  const [bus, clock] = [createLocalBus(log), systemClock]
  const all = followAll(followAppends(), followDeliveries(), followStays(), follow)
  const appender = createAppender({ pool, bus, clock, follow: all })
  return { db, pool, clock, log, appender, sealer: createSealer(secret), url, channels }
}

let customers = 0
async function waiting() {
  customers += 1
  const phone = await sms.writes(`customer ${customers}`, 'hello')
  const conversationId = await until(() => sms.conversationOf(phone))
  const item = await until(() =>
    db
      .selectFrom('work_items')
      .select(['id', 'entered_at'])
      .where('conversation_id', '=', conversationId)
      .where('state', '=', 'waiting')
      .executeTakeFirst(),
  )
  const queue = await readQueue(db, queueId)
  if (!queue) throw new Error('The queue is gone')
  const since = item.entered_at.toISOString()
  const place = { conversationId, position: 3, wait: null, since, callback: false, alternatives: [], text: null }
  const stay = { itemId: item.id, channel: 'twilio', enteredAt: item.entered_at }
  const wait: WaitNow = { ...stay, conversationId, queue, place, connecting: false, foreseenSeconds: 600 }
  const told = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ step: string }>(
      `select step from told_stays join entries on entries.id = entry_id
       where item_id = $1 and conversation_id = $2 order by told_at`,
      [item.id, conversationId],
    )
    return rows.map(({ step }) => step)
  }
  const count = async (table: 'told_stays' | 'deliveries'): Promise<number> => {
    const column = table === 'told_stays' ? 'item_id' : 'conversation_id'
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${column} = $1`,
      [table === 'told_stays' ? item.id : conversationId],
    )
    return rows[0]?.count ?? 0
  }
  const take = async (): Promise<void> => {
    const body = { clientKey: uuidv7(), agentId: agent.id }
    await must('POST', `/api/v1/conversations/${conversationId}/assign`, agent.credentials, body)
  }
  return { phone, conversationId, wait, told, count, take }
}

test('however many routers think that they are the one, and however often, it is told once', async () => {
  const customer = await waiting()
  const tellers = Array.from({ length: 6 }, () => createWaitTeller(process()))
  await Promise.all(tellers.map((tell) => tell([customer.wait, customer.wait])))
  for (const tell of tellers) await tell([customer.wait])
  await until(() => shownOn(customer.phone).length > 0)
  expect(await customer.told()).toEqual(['place-1'])
  expect(await customer.count('deliveries')).toBe(1)
  expect(shownOn(customer.phone)).toEqual([expect.stringContaining('2 people are ahead of you')])
})

test('who dies before the commit has told nothing, and the next one tells it', async () => {
  const customer = await waiting()
  const dying = process(async () => Promise.reject(new Error('killed')))
  await createWaitTeller(dying)([customer.wait])
  expect(await customer.count('told_stays')).toBe(0)
  expect(await customer.count('deliveries')).toBe(0)
  await createWaitTeller(process())([customer.wait])
  expect(await customer.told()).toEqual(['place-1'])
})

test('who was taken between the decision and the telling is told nothing, and no row says so', async () => {
  const customer = await waiting()
  await customer.take()
  await createWaitTeller(process())([customer.wait])
  expect(await customer.count('told_stays')).toBe(0)
  expect(await customer.count('deliveries')).toBe(0)
})

test('tellers and agents at once: nothing is told after it was taken, and nobody waits for the other for ever', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, waiting))
  const tell = createWaitTeller(process())
  await Promise.all([tell(all.map(({ wait }) => wait)), ...all.toReversed().map(({ take }) => take())])
  for (const { conversationId } of all) {
    const { rows } = await pool.query<{ kind: string }>(
      `select kind from entries where conversation_id = $1 and kind in ('conversation.assigned', 'message.sent') order by seq`,
      [conversationId],
    )
    expect(rows.at(-1)?.kind).toBe('conversation.assigned')
  }
})

test('what became of a stay is told once, although its job is done again', async () => {
  const settings = JSON.stringify({ announcements: { paid: { taken: true } } })
  await pool.query('update queues set settings = $2 where id = $1', [queueId, settings])
  const customer = await waiting()
  await createWaitTeller(process())([customer.wait])
  await customer.take()
  const event = { conversationId: customer.conversationId, itemId: customer.wait.itemId, event: 'taken' as const }
  await Promise.all([1, 2, 3, 4].map(() => tellStay(process(), { ...event, agentId: agent.id })))
  await until(() => shownOn(customer.phone).length > 1)
  await tellStay(process(), { ...event, agentId: agent.id })
  expect(await customer.told()).toEqual(['place-1', 'taken'])
  expect(await customer.count('deliveries')).toBe(2)
})
