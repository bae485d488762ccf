import type { Database } from '#platform/database/connect'
import type { Scope } from './topics.ts'

/** Who may learn of a conversation; null when it does not exist. */
export async function readScope(db: Database, id: string): Promise<Scope | null> {
  const row = await db
    .selectFrom('conversations')
    .select(['id', 'inbox_id', 'contact_id', 'identity_id', 'team_id', 'assignee_id', 'involved_ids'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row
    ? {
        id: row.id,
        inboxId: row.inbox_id,
        contactId: row.contact_id,
        identityId: row.identity_id,
        teamId: row.team_id,
        assigneeId: row.assignee_id,
        involvedIds: row.involved_ids,
      }
    : null
}
