import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

interface Pair {
  contactId: string
  otherId: string
  agentId: string
}

export async function keepApartWithin(tx: Database, { contactId, otherId, agentId }: Pair, now: Date): Promise<void> {
  await sql`
    insert into contacts_apart (contact_id, other_id, agent_id, at)
    values (${contactId}, ${otherId}, ${agentId}, ${now}), (${otherId}, ${contactId}, ${agentId}, ${now})
    on conflict (contact_id, other_id) do update set merge_id = null`.execute(tx)
}

export async function areApart(tx: Database, contactId: string, otherId: string): Promise<boolean> {
  const { rows } = await sql`
    select from contacts_apart where contact_id = ${contactId} and other_id = ${otherId}`.execute(tx)
  return rows.length > 0
}
