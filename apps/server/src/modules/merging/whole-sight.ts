import { type RawBuilder, sql } from 'kysely'
import { contactVisibleTo } from '#contacts'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'

/** Sees the contact through each of the inboxes by which it reaches us: nothing of it is hidden from the agent. */
export function wholeTo(agent: AgentPrincipal): RawBuilder<boolean> {
  if (agent.inboxIds === 'all') return sql<boolean>`true`
  return sql<boolean>`(${contactVisibleTo(agent)} and not coalesce(
    (select true from identities where identities.contact_id = contacts.id
      and not identities.inbox_id = any(${[...agent.inboxIds]}::uuid[]) limit 1), false))`
}

export async function seesWhole(db: Database, agent: AgentPrincipal, id: string): Promise<boolean> {
  const { rows } = await sql`select from contacts where id = ${id} and ${wholeTo(agent)}`.execute(db)
  return rows.length > 0
}
