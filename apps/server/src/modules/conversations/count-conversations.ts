import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { inView, recentMentions } from './list-conversations.ts'
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

/** Reads only work in hand and this agent's recent mentions, never the history. */
export async function countConversations(db: Database, agent: AgentPrincipal): Promise<Counts> {
  const readByMe = sql`(select received_count from agent_reads
    where conversation_id = conversation.id and agent_id = ${agent.agentId})`
  const { rows } = await sql<Omit<Counts, 'mentions'>>`
    select
      count(*) filter (where ${inView('mine', agent)})::int as mine,
      count(*) filter (where ${inView('mine', agent)} and conversation.received_count > coalesce(${readByMe}, 0))::int
        as "mineUnread",
      count(*) filter (where ${inView('unassigned', agent)})::int as unassigned,
      count(*) filter (where ${inView('team', agent)})::int as team,
      count(*) filter (where ${inView('all', agent)})::int as all,
      count(*) filter (where ${inView('snoozed', agent)})::int as snoozed
    from conversations as conversation
    where conversation.state <> 'closed'`.execute(db)
  const mentions = await sql<{ count: number }>`
    select count(*)::int as count from (${recentMentions(agent)}) as mention
    join lateral (select * from conversations where id = mention.conversation_id limit 1) as conversation on true
    where mention.seq > coalesce((select seq from agent_reads where conversation_id = conversation.id
      and agent_id = ${agent.agentId}), 0) and ${visibleTo(agent)}`.execute(db)
  const counts = rows[0] ?? { mine: 0, mineUnread: 0, unassigned: 0, team: 0, all: 0, snoozed: 0 }
  return { ...counts, mentions: mentions.rows[0]?.count ?? 0 }
}
