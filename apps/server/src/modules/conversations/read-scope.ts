import type { Database } from '#platform/database/connect'
import { gatherReads } from '#platform/gathered-reads'
import type { Scope } from './topics.ts'

type ReadOne = (id: string) => Promise<Scope | null>
/** Beside the database that they come from: a transaction is another `db` and reads for itself. */
const readers = new WeakMap<Database, ReadOne>()

/** Who may learn of a conversation; null when it does not exist. */
export function readScope(db: Database, id: string): Promise<Scope | null> {
  const reader = readers.get(db) ?? gatherReads((ids: readonly string[]) => readScopes(db, ids))
  readers.set(db, reader)
  return reader(id)
}

async function readScopes(db: Database, ids: readonly string[]): Promise<(id: string) => Scope | null> {
  const rows = await db
    .selectFrom('conversations')
    .select(['id', 'inbox_id', 'contact_id', 'identity_id', 'team_id', 'assignee_id', 'involved_ids'])
    .where('id', '=', (eb) => eb.fn.any(eb.val([...ids])))
    .execute()
  const found = new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        inboxId: row.inbox_id,
        contactId: row.contact_id,
        identityId: row.identity_id,
        teamId: row.team_id,
        assigneeId: row.assignee_id,
        involvedIds: row.involved_ids,
      },
    ]),
  )
  return (id) => found.get(id) ?? null
}
