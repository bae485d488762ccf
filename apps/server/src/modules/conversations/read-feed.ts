import type { Entry } from '@qiao/protocol'
import type pg from 'pg'
import { inTransaction } from '#platform/database/transaction'
import { entryColumns, type EntryRow, toEntry } from './conversation-row.ts'

/** Reads every entry of every conversation once, whatever crashes. */
export interface FeedReader {
  /** Names the position; two readers of one name share the work. */
  name: string
  /**
   * Stores what follows from the entries with `client`. The position moves in the same transaction, so nothing that is
   * stored is stored twice or left out. Must not do anything but write through `client`.
   */
  take: (entries: Entry[], client: pg.PoolClient) => Promise<void>
}

/** `behind`: there are entries that this call did not hand over, because the batch was full or something is not settled. */
export interface FeedProgress {
  taken: number
  behind: boolean
}

const batchSize = 200
const idle: FeedProgress = { taken: 0, behind: false }

interface Position {
  transaction_id: string
  conversation_id: string
  seq: number
}

/** A reader begins with what is appended after this; called again it changes nothing. */
export async function startFeed(pool: pg.Pool, name: string): Promise<void> {
  await pool.query(
    `insert into feed_cursors (name, transaction_id) values ($1, pg_snapshot_xmin(pg_current_snapshot()))
     on conflict (name) do nothing`,
    [name],
  )
}

/**
 * Hands the next entries over. Entries are numbered per conversation only, so the feed goes by the transaction that
 * wrote them: ids below the snapshot's xmin have ended for good, and no entry can appear among them any more. An entry
 * therefore waits for transactions that began before it, and a reader that is ahead of a slow commit misses nothing.
 */
export async function readFeed(pool: pg.Pool, { name, take }: FeedReader): Promise<FeedProgress> {
  return inTransaction(pool, async (client) => {
    // Whoever finds the position locked leaves: that process reads on.
    const held = await client.query<Position>(
      'select transaction_id, conversation_id, seq from feed_cursors where name = $1 for update skip locked',
      [name],
    )
    const [from] = held.rows
    if (!from) return idle
    const { rows } = await client.query<EntryRow & Position>(
      `select ${entryColumns}, transaction_id from entries
       where transaction_id >= $1::xid8 and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
         and (transaction_id, conversation_id, seq) > ($1::xid8, $2::uuid, $3::int)
       order by transaction_id, conversation_id, seq limit ${batchSize}`,
      [from.transaction_id, from.conversation_id, from.seq],
    )
    const last = rows.at(-1)
    if (last) {
      await take(rows.map(toEntry), client)
      await client.query(
        'update feed_cursors set transaction_id = $2, conversation_id = $3, seq = $4 where name = $1',
        [name, last.transaction_id, last.conversation_id, last.seq],
      )
    }
    return { taken: rows.length, behind: await hasMore(client, last ?? from) }
  })
}

async function hasMore(client: pg.PoolClient, at: Position): Promise<boolean> {
  const { rows } = await client.query<{ more: boolean }>(
    `select exists (select from entries where transaction_id >= $1::xid8
       and (transaction_id, conversation_id, seq) > ($1::xid8, $2::uuid, $3::int)) as more`,
    [at.transaction_id, at.conversation_id, at.seq],
  )
  return rows[0]?.more ?? false
}
