import { type Entry, isMessage, type MessageEntry, toVisitorEntry } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { entryColumns, type EntryRow, toEntry } from './conversation-row.ts'

interface Range {
  before?: number | undefined
  after?: number | undefined
  limit: number
}

interface Part {
  entries: Entry[]
  /** More in the direction of reading: later ones with `after`, earlier ones otherwise. */
  hasMore: boolean
}

async function readPart(
  db: Database,
  conversationId: string,
  range: Range,
  condition: RawBuilder<unknown>,
): Promise<Part> {
  const forward = range.after !== undefined
  const order = forward ? sql`asc` : sql`desc`
  const { rows } = await sql<EntryRow>`
    select ${sql.raw(entryColumns)} from entries
    where conversation_id = ${conversationId} and ${condition}
    order by seq ${order} limit ${range.limit + 1}`.execute(db)
  const shown = rows.slice(0, range.limit).map(toEntry)
  return { entries: forward ? shown : shown.toReversed(), hasMore: rows.length > range.limit }
}

function agentsRange({ before, after }: Range): RawBuilder<unknown> {
  if (after !== undefined) return sql`seq > ${after}`
  return before === undefined ? sql`true` : sql`seq < ${before}`
}

/**
 * Public numbers grow with `seq`, behind it by the number of internal entries so far. That bounds the stretch of the
 * primary key that holds the wanted ones, so they need no index of their own.
 */
function visitorsRange(conversationId: string, { before, after }: Range): RawBuilder<unknown> {
  const internal = sql`(select last_seq - last_public_seq from conversations where id = ${conversationId})`
  if (after !== undefined) return sql`public_seq is not null and seq > ${after} and public_seq > ${after}`
  if (before === undefined) return sql`public_seq is not null`
  return sql`public_seq is not null and public_seq < ${before} and seq < ${before} + ${internal}`
}

/** In `seq` order. The agents' side: everything. */
export const readTimeline = (db: Database, conversationId: string, range: Range): Promise<Part> =>
  readPart(db, conversationId, range, agentsRange(range))

/** The visitor's side: public entries with public numbers; an edit never shows words that were recalled later. */
export async function readVisitorTimeline(db: Database, conversationId: string, range: Range): Promise<Part> {
  const part = await readPart(db, conversationId, range, visitorsRange(conversationId, range))
  const targets = await readRecalledTargets(db, conversationId, part.entries)
  const entries = part.entries.flatMap((entry) => {
    if (entry.kind === 'message.edited' && targets.has(entry.body.targetId)) {
      return (
        toVisitorEntry({ ...entry, body: { ...entry.body, content: { type: 'text', text: '-', markup: 'none' } } }) ??
        []
      )
    }
    return toVisitorEntry(entry) ?? []
  })
  return { entries, hasMore: part.hasMore }
}

async function readRecalledTargets(
  db: Database,
  conversationId: string,
  entries: readonly Entry[],
): Promise<Set<string>> {
  const ids = entries.flatMap((entry) => (entry.kind === 'message.edited' ? [entry.body.targetId] : []))
  if (ids.length === 0) return new Set()
  const { rows } = await sql<EntryRow>`
    select ${sql.raw(entryColumns)} from entries
    where conversation_id = ${conversationId} and id = any(${ids}::uuid[])`.execute(db)
  const recalled = rows
    .map(toEntry)
    .filter((entry): entry is MessageEntry => isMessage(entry) && entry.revision?.recalledAt != null)
  return new Set(recalled.map((entry) => entry.id))
}
