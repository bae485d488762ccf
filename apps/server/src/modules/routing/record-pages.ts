import { type RawBuilder, sql } from 'kysely'
import { decodeCursor, encodeCursor } from '#platform/cursor'

interface Asked {
  cursor?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Of a list that is sorted by this time and the id, newest first: what the span and the page before leave. */
export function within(query: Asked, at: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> {
  const after = decodeCursor(query.cursor, 2)
  return every([
    after && sql`(${at}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    query.from && sql`${at} >= ${query.from}`,
    query.to && sql`${at} < ${query.to}`,
  ])
}

export const every = (conditions: readonly (RawBuilder<unknown> | null | undefined | '')[]): RawBuilder<unknown> =>
  sql.join([sql`true`, ...conditions.filter((condition) => condition instanceof Object)], sql` and `)

export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  position: (item: Item) => [string, string],
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit).map(toItem)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(position(last)) : null }
}
