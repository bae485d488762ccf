import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { readQueues } from './queue-row.ts'

/** Whose records somebody may read: as on the board, the agents of their teams and the queues that those serve. */
export type LeadScope = { queueIds: readonly string[]; agentIds: readonly string[] } | 'all'

export async function readLeadScope(db: Database, { inboxIds, teamIds, agentId }: AgentPrincipal): Promise<LeadScope> {
  if (inboxIds === 'all') return 'all'
  const [{ rows }, queues] = await Promise.all([
    sql<{ agent_id: string }>`
      select distinct agent_id from team_members where team_id = any(${[...teamIds]}::uuid[])`.execute(db),
    readQueues(db),
  ])
  const agentIds = new Set([agentId, ...rows.map((row) => row.agent_id)])
  const mine = queues.filter(({ settings }) =>
    settings.groups.some(
      (group) => group.teamIds.some((id) => teamIds.includes(id)) || group.agentIds.some((id) => agentIds.has(id)),
    ),
  )
  return { agentIds: [...agentIds], queueIds: mine.map(({ id }) => id) }
}
