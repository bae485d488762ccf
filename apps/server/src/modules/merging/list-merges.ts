import type { ContactMerge } from '@qiao/protocol'
import { sql } from 'kysely'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import type { Database } from '#platform/database/connect'
import { queryMerges } from './merge-row.ts'

/** Who was merged into a contact, newest first, with those that were taken back. */
export async function listMerges(
  db: Database,
  contactId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ContactMerge[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, 2)
  const below = after ? sql`and (merge.at, merge.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const found = await queryMerges(
    db,
    sql`where into_id = ${contactId} ${below} order by merge.at desc, merge.id desc limit ${limit + 1}`,
  )
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: found.length > limit && last ? encodeCursor([last.at, last.id]) : null }
}
