import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

/** The provider's id of what the customer said last: what is answered in public where no message is named. */
export async function latestSaid(db: Database, identityId: string): Promise<string | null> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from channel_messages where identity_id = ${identityId} and not ours
    order by entry_id desc limit 1`.execute(db)
  return rows[0]?.message_id ?? null
}
