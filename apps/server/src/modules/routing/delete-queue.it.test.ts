import { queueSettings } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { createAppender } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { deleteQueue } from './delete-queue.ts'
import { followAppends } from './follow-appends.ts'
import { createQueue } from './save-queue.ts'

const { db, pool } = await createTestDatabase()
const bus = createLocalBus(createLog({ level: 'error' }))
const contact = uuidv7()
const inbox = uuidv7()
const identity = uuidv7()

const appender = createAppender({ pool, bus, clock: systemClock, follow: followAppends() })
const deps = { db, pool, bus, clock: systemClock, appender }

beforeAll(async () => {
  await pool.query(`insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'k', 'S', now())`, [
    inbox,
  ])
  await pool.query('insert into contacts (id, created_at) values ($1, now())', [contact])
  await pool.query(
    `insert into identities (id, contact_id, inbox_id, address, created_at) values ($1, $2, $3, 'a', now())`,
    [identity, contact, inbox],
  )
})

const addQueue = () =>
  createQueue(db, null, { name: uuidv7(), calendarId: null, settings: queueSettings.parse({}) }, new Date())

async function arrive(queueId: string): Promise<string> {
  const id = uuidv7()
  await pool.query(
    `insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, created_at, last_activity_at)
     values ($1, $2, $3, $4, $5, 'open', now(), now())`,
    [id, inbox, contact, identity, id],
  )
  await appender.append({
    conversationId: id,
    clientKey: uuidv7(),
    author: { type: 'system' },
    decide: () => [
      { kind: 'conversation.queued', body: { itemId: uuidv7(), queueId, channel: 'web', cause: 'started' } },
    ],
  })
  return id
}

const waitingIn = async (queueId: string) => {
  const rows = await db
    .selectFrom('work_items')
    .select('conversation_id')
    .where('queue_id', '=', queueId)
    .where('state', '=', 'waiting')
    .execute()
  return rows.map((row) => row.conversation_id)
}

test('a queue with people in it is kept unless it is said where they go', async () => {
  const [from, to] = [await addQueue(), await addQueue()]
  const ids = [await arrive(from.id), await arrive(from.id)]
  await expect(deleteQueue(deps, null, { id: from.id })).rejects.toMatchObject({ code: 'queue-not-empty' })
  await expect(deleteQueue(deps, null, { id: from.id, moveTo: uuidv7() })).rejects.toMatchObject({
    code: 'queue-not-found',
  })
  await deleteQueue(deps, null, { id: from.id, moveTo: to.id })
  expect((await waitingIn(to.id)).toSorted()).toEqual(ids.toSorted())
  const moves = await db
    .selectFrom('entries')
    .select('body')
    .where('conversation_id', '=', ids[0]!)
    .orderBy('seq')
    .execute()
  expect(moves.at(-1)?.body).toMatchObject({ queueId: to.id, cause: 'moved' })
})

test('who arrives while it is being deleted is not left behind', async () => {
  const [from, to] = [await addQueue(), await addQueue()]
  for (let index = 0; index < 20; index += 1) await arrive(from.id)
  const refusals: unknown[] = []
  async function keepArriving(): Promise<void> {
    for (let turn = 0; turn < 15; turn += 1) await arrive(from.id).catch((error: unknown) => refusals.push(error))
  }
  await Promise.all([keepArriving(), deleteQueue(deps, null, { id: from.id, moveTo: to.id })])
  expect(await waitingIn(from.id)).toEqual([])
  expect(await waitingIn(to.id)).toHaveLength(35 - refusals.length)
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'queue-not-found' })
})
