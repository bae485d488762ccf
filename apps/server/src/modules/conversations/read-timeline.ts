import { type Entry, isMessage, type MessageEntry, toVisitorEntry } from '@qiao/protocol'
import { sql } from 'kysely'
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
  number: 'seq' | 'public_seq',
): Promise<Part> {
  const column = sql.raw(number)
  const forward = range.after !== undefined
  const bound = forward
    ? sql`and ${column} > ${range.after}`
    : range.before === undefined
      ? sql``
      : sql`and ${column} < ${range.before}`
  const order = forward ? sql`asc` : sql`desc`
  const { rows } = await sql<EntryRow>`
    select ${sql.raw(entryColumns)} from entries
    where conversation_id = ${conversationId} and ${column} is not null ${bound}
    order by ${column} ${order} limit ${range.limit + 1}`.execute(db)
  const shown = rows.slice(0, range.limit).map(toEntry)
  return { entries: forward ? shown : shown.toReversed(), hasMore: rows.length > range.limit }
}

/** In `seq` order. The agents' side: everything. */
export const readTimeline = (db: Database, conversationId: string, range: Range): Promise<Part> =>
  readPart(db, conversationId, range, 'seq')

/** The visitor's side: public entries with public numbers; an edit never shows words that were recalled later. */
export async function readVisitorTimeline(db: Database, conversationId: string, range: Range): Promise<Part> {
  const part = await readPart(db, conversationId, range, 'public_seq')
  const targets = await readRecalledTargets(db, part.entries)
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

async function readRecalledTargets(db: Database, entries: readonly Entry[]): Promise<Set<string>> {
  const ids = entries.flatMap((entry) => (entry.kind === 'message.edited' ? [entry.body.targetId] : []))
  if (ids.length === 0) return new Set()
  const { rows } = await sql<EntryRow>`
    select ${sql.raw(entryColumns)} from entries where id = any(${ids}::uuid[])`.execute(db)
  const recalled = rows
    .map(toEntry)
    .filter((entry): entry is MessageEntry => isMessage(entry) && entry.revision?.recalledAt != null)
  return new Set(recalled.map((entry) => entry.id))
}
