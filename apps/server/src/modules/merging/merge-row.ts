import type { ContactMerge, MergeChange } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import { contactColumns, type ContactRow, toContact } from '#contacts'
import type { Database } from '#platform/database/connect'

export interface MergeRow extends ContactRow {
  merge_id: string
  into_id: string
  cause: ContactMerge['cause']
  agent_id: string | null
  at: Date
  changes: MergeChange[]
  undone_at: Date | null
  undone_by: string | null
}

const contactOf = contactColumns
  .split(', ')
  .map((column) => `contacts.${column}`)
  .join(', ')

export const toMerge = (row: MergeRow): ContactMerge => ({
  id: row.merge_id,
  intoId: row.into_id,
  from: toContact(row),
  cause: row.cause,
  byAgentId: row.agent_id,
  at: row.at.toISOString(),
  changes: row.changes,
  undoneAt: row.undone_at?.toISOString() ?? null,
  undoneBy: row.undone_by,
})

/** Merges with the contact that went; `rest` says which and in what order. */
export async function queryMerges(db: Database, rest: RawBuilder<unknown>): Promise<ContactMerge[]> {
  const { rows } = await sql<MergeRow>`
    select merge.id as merge_id, into_id, cause, agent_id, merge.at, changes, undone_at, undone_by, ${sql.raw(contactOf)}
    from contact_merges as merge join contacts on contacts.id = merge.from_id ${rest}`.execute(db)
  return rows.map(toMerge)
}
