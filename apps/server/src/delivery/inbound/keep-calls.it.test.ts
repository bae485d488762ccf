import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { createLocalBus } from '#platform/bus/bus'
import { createLog } from '#platform/log'
import { systemClock } from '#platform/clock'
import { startParrotCompany } from '../../testing/parrot-company.ts'
import { eventsWait } from '../topics.ts'
import { createKeeper } from './keep-calls.ts'
import { pullJob } from './pull-events.ts'
import type { Received } from './store-events.ts'

const company = await startParrotCompany({ settings: { QIAO_ROLES: 'web' } })
const { db, pool, inbox } = company
const log = createLog({ level: 'silent' })
const bus = createLocalBus(log)
const keeper = createKeeper({ db, bus, clock: systemClock, log })
const call = (id: string, other: Partial<Received> = {}): Received => ({
  inboxId: inbox.id,
  settleMs: 0,
  events: [{ id, orderKey: `customer of ${id}`, position: 1, data: { id } }],
  ...other,
})
const storedOf = async (ids: readonly string[]): Promise<string[]> => {
  const { rows } = await pool.query<{ event_id: string }>(
    'select event_id from channel_events where event_id = any($1) order by id',
    [ids],
  )
  return rows.map((row) => row.event_id)
}

test('calls of one moment are kept together, each once and in their order, and told once for each customer', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => `together-${n}`)
  const told: string[] = []
  const stop = bus.subscribe(eventsWait, ({ customers }) => told.push(...customers.map(({ orderKey }) => orderKey)))
  await Promise.all([...ids, ...ids].map((id) => keeper.keep(call(id))))
  stop()
  expect(await storedOf(ids)).toEqual(ids)
  expect(told).toEqual(ids.map((id) => `customer of ${id}`))
})

test('the same hint by several calls of one moment is one job', async () => {
  await Promise.all(Array.from({ length: 5 }, () => keeper.keep(call('', { events: [], jobs: [pullJob(inbox.id)] }))))
  const { rows } = await pool.query<{ jobs: number }>(
    `select count(*)::int as jobs from graphile_worker._private_jobs where key = $1`,
    [`pull:${inbox.id}`],
  )
  expect(rows[0]?.jobs).toBe(1)
})

test('a call that cannot be stored fails alone', async () => {
  const ids = ['before', 'beside', 'behind']
  const stray = call('stray', { inboxId: uuidv7() })
  const [before, beside, lost, behind] = await Promise.allSettled(
    [call('before'), call('beside'), stray, call('behind')].map(keeper.keep),
  )
  expect([before, beside, behind].map((one) => one?.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  expect(lost?.status).toBe('rejected')
  expect((await storedOf(ids)).toSorted()).toEqual(ids.toSorted())
})
