import { setTimeout as sleep } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test, vi } from 'vitest'
import { findContact, listIdentities } from '#contacts'
import { createTestDatabase } from '#platform/database/test-database'
import type { AgentPrincipal } from '#platform/principal'
import { listMerges } from './list-merges.ts'
import { listMergeSuggestions, suggestMerges } from './suggest-merges.ts'

/** What is read for a screen follows the screen, not the history. */
const { db, pool } = await createTestDatabase()
const inboxId = uuidv7()
const agent: AgentPrincipal = {
  type: 'agent',
  agentId: uuidv7(),
  role: 'agent',
  teamIds: [],
  inboxIds: [inboxId],
  via: 'browser',
}
vi.setConfig({ testTimeout: 30_000 })
const people = 20_000

beforeAll(async () => {
  await pool.query(
    `insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'shop', 'Shop', now())`,
    [inboxId],
  )
  await pool.query(
    `insert into contacts (id, name, email, phone, attributes, created_at)
     select gen_random_uuid(), case when n % 4 = 0 then 'Li Na' else 'Person ' || n end, 'p' || n / 2 || '@example.com',
       '+86 138' || lpad((n / 2)::text, 8, '0'), jsonb_build_object('order', 'A-' || n / 8), now() - n * interval '1 minute'
     from generate_series(1, ${people}) as n`,
  )
  await pool.query(
    `insert into identities (id, contact_id, inbox_id, address, created_at)
     select gen_random_uuid(), id, $1, 'anonymous:' || id, created_at from contacts`,
    [inboxId],
  )
  await pool.query(`insert into identity_aliases select id, 'phone', right(address, 12), now() from identities`)
  await pool.query('analyze')
})

/** Rows that were read by going through whole tables. */
async function rowsScanned(work: () => Promise<unknown>): Promise<number> {
  const count = async (): Promise<number> => {
    // Statements of the other connections of the pool are counted when these have been idle for a second.
    await sleep(1_500)
    const { rows } = await pool.query<{ count: number }>(
      `select coalesce(sum(seq_tup_read), 0)::int as count from pg_stat_user_tables
       where relname in ('contacts', 'identities', 'identity_aliases', 'contacts_apart', 'contact_merges')`,
    )
    return rows[0]?.count ?? 0
  }
  const before = await count()
  await work()
  return (await count()) - before
}

async function somebody() {
  const { rows } = await pool.query<{ id: string }>(`select id from contacts where name = 'Li Na' order by id limit 1`)
  const contact = await findContact(db, rows[0]?.id ?? '')
  if (!contact) throw new Error('There is nobody')
  return contact
}

test('suggestions for one, a page of pairs, merges and identities are looked up by indexes', async () => {
  const contact = await somebody()
  expect((await suggestMerges(db, agent, contact)).length).toBeGreaterThan(0)
  const look = async (): Promise<void> => {
    await suggestMerges(db, agent, contact)
    await listMergeSuggestions(db, agent, undefined)
    await listMerges(db, contact.id, { limit: 5 })
    await listIdentities(db, contact.id)
  }
  // What came before may be counted late, on a busy machine; what these read is counted each time.
  const scanned = [await rowsScanned(look), await rowsScanned(look)]
  expect(Math.min(...scanned)).toBeLessThan(people / 2)
})
