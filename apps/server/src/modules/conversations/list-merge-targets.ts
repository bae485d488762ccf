import type { ConversationItem } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { itemColumns, itemJoins, queryItems, readItem } from './conversation-item.ts'
import { candidatesFor } from './merge-conversations.ts'
import { visibleTo } from './sight.ts'

const mostShown = 20

/** Into what a conversation may be merged, as far as the agent sees it. */
export async function listMergeTargets(
  db: Database,
  agent: AgentPrincipal,
  id: string,
  search = '',
): Promise<ConversationItem[]> {
  await readItem(db, agent, id)
  const number = /^#?(\d{1,15})$/.exec(search)?.[1] ?? null
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const fits = sql`(conversation.number = ${number}::bigint or conversation.subject ilike ${pattern}
    or (select name from contacts where contacts.id = conversation.contact_id) ilike ${pattern})`
  return queryItems(
    db,
    sql`select ${itemColumns} from (
          select conversation.* from conversations as conversation
          where conversation.id in (${candidatesFor(id)}) and conversation.id <> ${id}
            and conversation.merged_into_id is null and ${visibleTo(agent)} and ${search === '' ? sql`true` : fits}
          order by conversation.last_activity_at desc, conversation.id desc limit ${mostShown}
        ) as conversation ${itemJoins(agent.agentId)}
        order by conversation.last_activity_at desc, conversation.id desc`,
  )
}
