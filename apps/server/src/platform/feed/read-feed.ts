import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/connect.ts'
import type { FeedSource, Position } from './feed-source.ts'

/** Reads every row of a table once, whatever crashes. */
export interface FeedReader<Item> {
  /** Names the position; two readers of one name share the work. */
  name: string
  source: FeedSource<Item>
  /**
   * Stores what follows from the rows with `tx`. The position moves in the same transaction, so nothing is stored
   * twice or left out. Must not do anything else: it may be rolled back and called again.
   */
  take: (items: Item[], tx: Database) => Promise<void>
  /** While this does not hold, rows are passed over unread: a feed for nobody must not cost each write a reading. */
  wanted?: RawBuilder<boolean>
}

/** `behind`: there are rows that this call did not hand over, because the batch was full or something is not settled. */
export interface FeedProgress {
  taken: number
  behind: boolean
  /** Nobody wants the rows at present. */
  unwanted?: true
}

const batchSize = 200
const idle: FeedProgress = { taken: 0, behind: false }

/** A reader begins with what is written after this; called again it changes nothing. To be called at each start. */
export async function startFeed(
  db: Database,
  { name, source }: Pick<FeedReader<unknown>, 'name' | 'source'>,
): Promise<void> {
  await sql`
    insert into feed_cursors (name, transaction_id) values (${name}, pg_snapshot_xmin(pg_current_snapshot()))
    on conflict (name) do nothing`.execute(db)
  await db.transaction().execute((tx) => adoptMovedDatabase(tx, name, source))
}

/**
 * A dump that is restored into a new PostgreSQL brings transaction ids that have not happened there yet. What was handed
 * over gets the oldest id, what was not gets the present one, and reading goes on from here.
 */
async function adoptMovedDatabase(tx: Database, name: string, source: FeedSource<unknown>): Promise<void> {
  const { rows } = await sql<Position>`
    select transaction_id, conversation_id, seq from feed_cursors
    where name = ${name} and transaction_id > pg_snapshot_xmax(pg_current_snapshot()) for update`.execute(tx)
  const [from] = rows
  if (!from) return
  // The whole table may have to be written.
  await sql`set local statement_timeout = 0`.execute(tx)
  await sql`
    update ${sql.table(source.table)} set transaction_id = case when ${source.beyond(from)} then pg_current_xact_id() else '3'::xid8 end
    where transaction_id > pg_snapshot_xmax(pg_current_snapshot())`.execute(tx)
  await sql`
    update feed_cursors set transaction_id = pg_current_xact_id(), seq = 0,
      conversation_id = '00000000-0000-0000-0000-000000000000' where name = ${name}`.execute(tx)
}

/**
 * Hands the next rows over. They have no number over all that follows the order of commits, so the feed goes by the transaction
 * that wrote them: ids below the snapshot's xmin have ended for good, and no row can appear among them any more. A row
 * therefore waits for transactions that began before it, and a reader that is ahead of a slow commit misses nothing.
 */
export async function readFeed<Item>(
  db: Database,
  { name, source, take, wanted }: FeedReader<Item>,
): Promise<FeedProgress> {
  return db.transaction().execute(async (tx) => {
    // Whoever finds the position locked leaves: that process reads on.
    const held = await sql<Position>`
      select transaction_id, conversation_id, seq from feed_cursors
      where name = ${name} for update skip locked`.execute(tx)
    const [from] = held.rows
    if (!from) return idle
    if (wanted && (await passOver(tx, name, wanted))) return { ...idle, unwanted: true }
    const settled = sql<boolean>`${source.beyond(from)} and transaction_id < pg_snapshot_xmin(pg_current_snapshot())`
    const rows = await source.read(tx, settled, batchSize)
    const last = rows.at(-1)?.position
    if (last) {
      await take(
        rows.map(({ item }) => item),
        tx,
      )
      await sql`
        update feed_cursors set transaction_id = ${last.transaction_id}, conversation_id = ${last.conversation_id},
          seq = ${last.seq} where name = ${name}`.execute(tx)
    }
    const more = await sql<{ more: boolean }>`
      select exists (select from ${sql.table(source.table)} where ${source.beyond(last ?? from)}) as more`.execute(tx)
    return { taken: rows.length, behind: more.rows[0]?.more ?? false }
  })
}

/**
 * One statement, so that its snapshot answers both: whoever begins to want rows after it finds none of the later ones
 * passed over.
 */
async function passOver(tx: Database, name: string, wanted: RawBuilder<boolean>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update feed_cursors set transaction_id = pg_snapshot_xmin(pg_current_snapshot()), seq = 0,
      conversation_id = '00000000-0000-0000-0000-000000000000'
    where name = ${name} and not ${wanted}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}
