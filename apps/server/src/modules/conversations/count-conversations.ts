import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { inView } from './list-conversations.ts'
import { visibleTo } from './sight.ts'

interface Counts {
  mine: number
  mineUnread: number
  unassigned: number
  team: number
  all: number
  mentions: number
  snoozed: number
}

/** Reads only work in hand and this agent's mentions, never the history. */
export async function countConversations(db: Database, agent: AgentPrincipal): Promise<Counts> {
  const { rows } = await sql<Omit<Counts, 'mentions'>>`
    select
      count(*) filter (where ${inView('mine', agent)})::int as mine,
      count(*) filter (where ${inView('mine', agent)} and conversation.received_count > coalesce(agent_read.received_count, 0))::int
        as "mineUnread",
      count(*) filter (where ${inView('unassigned', agent)})::int as unassigned,
      count(*) filter (where ${inView('team', agent)})::int as team,
      count(*) filter (where ${inView('all', agent)})::int as all,
      count(*) filter (where ${inView('snoozed', agent)})::int as snoozed
    from conversations as conversation
    left join agent_reads as agent_read on agent_read.conversation_id = conversation.id and agent_read.agent_id = ${agent.agentId}
    where conversation.state <> 'closed'`.execute(db)
  const mentions = await sql<{ count: number }>`
    select count(*)::int as count from mentions as mention
    join conversations as conversation on conversation.id = mention.conversation_id
    left join agent_reads as agent_read on agent_read.conversation_id = mention.conversation_id and agent_read.agent_id = mention.agent_id
    where mention.agent_id = ${agent.agentId} and mention.seq > coalesce(agent_read.seq, 0) and ${visibleTo(agent)}`.execute(
    db,
  )
  const counts = rows[0] ?? { mine: 0, mineUnread: 0, unassigned: 0, team: 0, all: 0, snoozed: 0 }
  return { ...counts, mentions: mentions.rows[0]?.count ?? 0 }
}
