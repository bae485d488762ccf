import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideTag } from './rules.ts'
import { visibleTo } from './sight.ts'

export const tagConversation = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; add: string[]; remove: string[] },
) => actAsAgent(deps, agent, input, (conversation) => decideTag(conversation, input.add, input.remove))

/** Tags on work in hand, most used first. */
export async function listTags(db: Database, agent: AgentPrincipal): Promise<{ tag: string; count: number }[]> {
  const { rows } = await sql<{ tag: string; count: number }>`
    select tag, count(*)::int as count from conversations as conversation, unnest(conversation.tags) as tag
    where conversation.state <> 'closed' and ${visibleTo(agent)}
    group by tag order by count desc, tag limit 200`.execute(db)
  return rows
}
