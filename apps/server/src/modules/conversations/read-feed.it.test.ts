import type { Entry } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { followFeed } from '#platform/feed/follow-feed'
import { type FeedReader, readFeed, startFeed } from '#platform/feed/read-feed'
import { createLog } from '#platform/log'
import { appendAll, type AppendCommand } from './append.ts'
import { createAppender } from './appender.ts'
import { entryFeed } from './entry-feed.ts'
import { entriesAppended } from './topics.ts'

const { db, pool } = await createTestDatabase()
const log = createLog({ level: 'error' })
const bus = createLocalBus(log)
const appender = createAppender({ pool, bus, clock: systemClock })
const contactId = uuidv7()
const inboxId = uuidv7()
const identityId = uuidv7()

beforeAll(async () => {
  await pool.query(`insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'k', 'S', now())`, [
    inboxId,
  ])
  await pool.query('insert into contacts (id, created_at) values ($1, now())', [contactId])
  await pool.query(
    `insert into identities (id, contact_id, inbox_id, address, created_at) values ($1, $2, $3, 'a', now())`,
    [identityId, contactId, inboxId],
  )
  await pool.query('create table handed_over (reader text, entry_id uuid, text text)')
})
beforeEach(() => pool.query('truncate handed_over'))

async function newConversation(): Promise<string> {
  const id = uuidv7()
  await pool.query(
    `insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, created_at, last_activity_at)
     values ($1, $2, $3, $4, $5, 'open', now(), now())`,
    [id, inboxId, contactId, identityId, id],
  )
  return id
}

const say = (conversationId: string, text: string): AppendCommand => ({
  conversationId,
  clientKey: uuidv7(),
  author: { type: 'contact', id: contactId },
  decide: () => [{ kind: 'message.received', body: { content: { type: 'text', text, markup: 'none' } } }],
})
const textOf = (entry: Entry): string =>
  entry.kind === 'message.received' && entry.body.content.type === 'text' ? entry.body.content.text : ''

/** Writes down what it is given, as a real reader does: in the transaction of the hand-over. */
const storing = (name: string): FeedReader<Entry> => ({
  name,
  source: entryFeed,
  take: async (entries, tx) => {
    for (const entry of entries) {
      await sql`insert into handed_over values (${name}, ${entry.id}, ${textOf(entry)})`.execute(tx)
    }
  },
})
async function handedOver(name: string): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>('select text from handed_over where reader = $1', [name])
  return rows.map((row) => row.text)
}
async function appendNow(...given: Parameters<typeof appendAll>): Promise<void> {
  await (
    await appendAll(...given)
  ).written
}
async function readToEnd(reader: FeedReader<Entry>): Promise<void> {
  const deadline = Date.now() + 10_000
  while ((await readFeed(db, reader)).behind) {
    if (Date.now() > deadline) throw new Error('The feed does not settle')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('an entry whose transaction commits late is neither lost nor overtaken', async () => {
  const [slowOne, quickOne] = [await newConversation(), await newConversation()]
  const reader = storing('late')
  await startFeed(db, reader)
  const slow = await pool.connect()
  await slow.query('begin')
  await appendNow(slow, [say(slowOne, 'began first')], new Date())
  await appender.append(say(quickOne, 'committed first'))
  // Reading on past the open transaction would lose what it commits later.
  expect(await readFeed(db, reader)).toEqual({ taken: 0, behind: true })
  await slow.query('commit')
  slow.release()
  await readToEnd(reader)
  expect(await handedOver('late')).toEqual(['began first', 'committed first'])
})

test('a transaction that rolls back holds nothing up', async () => {
  const [one, other] = [await newConversation(), await newConversation()]
  const reader = storing('rollback')
  await startFeed(db, reader)
  const slow = await pool.connect()
  await slow.query('begin')
  await appendNow(slow, [say(one, 'never')], new Date())
  await appender.append(say(other, 'kept'))
  await slow.query('rollback')
  slow.release()
  await readToEnd(reader)
  expect(await handedOver('rollback')).toEqual(['kept'])
})

test('many writers, slow commits and readers in several processes: each entry once', async () => {
  const reader = storing('storm')
  await startFeed(db, reader)
  const ids = await Promise.all(Array.from({ length: 6 }, newConversation))
  const wanted: string[] = []
  const written = new AbortController()
  const writers = ids.map(async (id, writer) => {
    for (let turn = 0; turn < 25; turn += 1) {
      const text = `${writer}/${turn}`
      wanted.push(text)
      if (writer % 2 === 0) await appender.append(say(id, text))
      else {
        const client = await pool.connect()
        await client.query('begin')
        await appendNow(client, [say(id, text)], new Date())
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 15))
        await client.query('commit')
        client.release()
      }
    }
  })
  const readers = Array.from({ length: 3 }, async () => {
    while (!written.signal.aborted) await readFeed(db, reader)
  })
  await Promise.all(writers)
  written.abort()
  await Promise.all(readers)
  await readToEnd(reader)
  expect((await handedOver('storm')).toSorted()).toEqual(wanted.toSorted())
})

test('what fails half-way is handed over again as a whole', async () => {
  const id = await newConversation()
  const reader = storing('crash')
  await startFeed(db, reader)
  await appender.append(say(id, 'one'))
  await appender.append(say(id, 'two'))
  const dying: FeedReader<Entry> = {
    name: reader.name,
    source: entryFeed,
    take: async (entries, tx) => {
      await reader.take(entries.slice(0, 1), tx)
      throw new Error('killed')
    },
  }
  const attempt = async (): Promise<unknown> => {
    for (;;) {
      const { taken, behind } = await readFeed(db, dying)
      if (taken > 0 || !behind) return null
    }
  }
  await expect(attempt()).rejects.toThrow('killed')
  expect(await handedOver('crash')).toEqual([])
  await readToEnd(reader)
  expect(await handedOver('crash')).toEqual(['one', 'two'])
})

test('a batch that ends inside a transaction goes on inside it', async () => {
  const ids = await Promise.all(Array.from({ length: 3 }, newConversation))
  const reader = storing('large')
  await startFeed(db, reader)
  const client = await pool.connect()
  await client.query('begin')
  const commands = Array.from({ length: 450 }, (_, turn) => say(ids[turn % 3] ?? '', `${turn}`))
  await appendNow(client, commands, new Date())
  await client.query('commit')
  client.release()
  await readToEnd(reader)
  expect(new Set(await handedOver('large')).size).toBe(450)
  expect(await handedOver('large')).toHaveLength(450)
})

/** What the conversation holds is older than every transaction that is still running. */
async function isBehind(conversationId: string): Promise<boolean> {
  const { rows } = await pool.query<{ behind: boolean }>(
    `select bool_and(transaction_id < pg_snapshot_xmin(pg_current_snapshot())) as behind from entries where conversation_id = $1`,
    [conversationId],
  )
  return rows[0]?.behind ?? false
}

test('a new reader begins with what comes after it, and is woken by the bus', async () => {
  const id = await newConversation()
  await appender.append(say(id, 'before'))
  // A reader begins behind the oldest transaction of the whole cluster, and other tests have theirs in it.
  await expect.poll(() => isBehind(id), { timeout: 50_000 }).toBe(true)
  const feed = await followFeed({ db, bus, log, wakeOn: [entriesAppended] }, storing('woken'))
  onTestFinished(() => feed.stop())
  await appender.append(say(id, 'after'))
  // It waits for those of the others, too.
  await expect.poll(() => handedOver('woken'), { timeout: 50_000 }).toEqual(['after'])
}, 120_000)

test('a dump that was restored elsewhere goes on where it was', async () => {
  const id = await newConversation()
  const reader = storing('restored')
  await startFeed(db, reader)
  for (const text of ['handed over', 'not yet']) await appender.append(say(id, text))
  // As from a PostgreSQL that had seen many more transactions than this one.
  await pool.query(`update entries set transaction_id = (1000000000 + seq)::text::xid8 where conversation_id = $1`, [
    id,
  ])
  await pool.query(
    `update feed_cursors set transaction_id = '1000000001', conversation_id = $1, seq = 1 where name = 'restored'`,
    [id],
  )
  await startFeed(db, reader)
  await appender.append(say(id, 'new'))
  await readToEnd(reader)
  expect(await handedOver('restored')).toEqual(['not yet', 'new'])
  await startFeed(db, reader)
  expect(await readFeed(db, reader)).toMatchObject({ taken: 0, behind: false })
})

test('while nobody wants them entries are passed over; from then on each is handed over', async () => {
  const name = 'sometimes'
  const reader: FeedReader<Entry> = {
    ...storing(name),
    wanted: sql<boolean>`exists (select from handed_over where reader = 'wanted')`,
  }
  await startFeed(db, reader)
  const id = await newConversation()
  await appender.append(say(id, 'before'))
  expect(await readFeed(db, reader)).toMatchObject({ taken: 0, behind: false })
  await pool.query(`insert into handed_over values ('wanted')`)
  await appender.append(say(id, 'after'))
  await readToEnd(reader)
  expect(await handedOver(name)).toEqual(['after'])
})
