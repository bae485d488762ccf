import { queueSettings } from '@qiao/protocol'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#conversations'
import { createTestDatabase } from '#platform/database/test-database'
import { claimOffers } from './claim-offers.ts'
import { takeOffered } from './end-offers.ts'
import { loadAgents } from './load-agents.ts'
import { readAgentStates } from './read-agent-states.ts'

const { pool } = await createTestDatabase()
const many = 400
const queueId = uuidv7()
const agentIds = Array.from({ length: many }, () => uuidv7())
const itemIds = Array.from({ length: 2 * many }, () => uuidv7())

/** So many wait, and an agent each is there: as the planner knew this database, it was empty. */
beforeAll(async () => {
  await pool.query('analyze work_items, offers, agent_work')
  const [inboxId, contactId, identityId] = [uuidv7(), uuidv7(), uuidv7()]
  await pool.query(`insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'k', 'S', now())`, [
    inboxId,
  ])
  await pool.query(`insert into contacts (id, name, created_at) values ($1, 'Li', now())`, [contactId])
  await pool.query(
    `insert into identities (id, contact_id, inbox_id, address, created_at) values ($1, $2, $3, 'a', now())`,
    [identityId, contactId, inboxId],
  )
  await pool.query(`insert into queues (id, name, settings, created_at) values ($1, 'Q', $2, now())`, [
    queueId,
    JSON.stringify(queueSettings.parse({})),
  ])
  await pool.query(
    `with staff as (insert into agents (id, name, email, created_at, updated_at)
       select id, 'A', id || '@x.example', now(), now() from unnest($1::uuid[]) as given (id) returning id)
     insert into agent_work (agent_id, state, present, since, idle_since) select id, 'available', true, now(), now() from staff`,
    [agentIds],
  )
  await pool.query(
    `with started as (
       insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, created_at, last_activity_at)
       select id, $2, $3, $4, id, 'open', now(), now() from unnest($1::uuid[]) as given (id) returning id)
     insert into work_items (id, conversation_id, purpose, queue_id, channel, created_at, entered_at, state)
     select id, id, 'serve', $5, 'web', now(), now(), 'waiting' from started`,
    [itemIds, inboxId, contactId, identityId, queueId],
  )
})

const claimOf = (itemId: string, agentId: string) => ({
  decided: { itemId, agentIds: [agentId], step: 0, score: 1, policy: 'most-free' as const, preferred: false },
  queueId,
  itemVersion: 1,
  seenBefore: '7',
  agentsGained: new Map([[agentId, 1]]),
  expiresAt: new Date(Date.now() + 60_000),
  chosenBy: 'router' as const,
  candidates: [],
})

/** How many rows of a table are looked at by this. */
async function rowsRead(table: string, work: (client: pg.PoolClient) => Promise<unknown>): Promise<number> {
  return inTransaction(pool, async (client) => {
    const readSoFar = async (): Promise<number> => {
      const { rows } = await client.query<{ read: number }>(
        `select seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_xact_user_tables where relname = $1`,
        [table],
      )
      return rows[0]?.read ?? 0
    }
    const before = await readSoFar()
    await work(client)
    return (await readSoFar()) - before
  })
}

test('offering something to a few and taking it reads neither all who wait nor all that rings', async () => {
  const pairs = agentIds.map((agentId, index) => ({ agentId, itemId: itemIds[index] ?? '' }))
  const [first, ...others] = pairs.map(({ itemId, agentId }) => claimOf(itemId, agentId))
  if (!first) throw new Error('nobody waits')
  const claiming = await rowsRead('work_items', (client) => claimOffers(client, [first], new Date()))
  expect(claiming).toBeGreaterThan(0)
  expect(claiming).toBeLessThan(20)
  expect(await claimOffers(pool, others, new Date())).toHaveLength(many - 1)
  const few = pairs.slice(0, 3)
  const reads = (table: string, read: typeof loadAgents | typeof readAgentStates) =>
    rowsRead(table, (client) =>
      read(
        client,
        few.map(({ agentId }) => agentId),
      ),
    )
  expect(await reads('offers', loadAgents)).toBeLessThan(20)
  expect(await reads('offers', readAgentStates)).toBeLessThan(20)
  const taking = (table: string, from: number) =>
    rowsRead(table, (client) => takeOffered(client, pairs.slice(from, from + 3), new Date()))
  expect(await taking('work_items', 0)).toBeLessThan(50)
  expect(await taking('offers', 3)).toBeLessThan(50)
})
