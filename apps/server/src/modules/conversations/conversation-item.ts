import type { ConversationItem } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { type ConversationRow, toConversation, toMarks } from './conversation-row.ts'
import { visibleTo } from './sight.ts'

interface ItemRow extends ConversationRow {
  contact_name: string | null
  contact_avatar_url: string | null
  contact_version: number
  thread_kind: 'group' | 'public' | null
  thread_title: string | null
  read_count: number | null
  read_seq: number | null
  mention_seq: number | null
}

/** What `toItem` needs, for queries over `conversations as conversation`; used with `itemJoins`. */
export const itemColumns = sql.raw(`conversation.*,
  contact.name as contact_name, contact.avatar_url as contact_avatar_url, contact.version as contact_version,
  place.thread_kind, place.thread_title,
  agent_read.received_count as read_count, agent_read.seq as read_seq, mention.seq as mention_seq`)

/**
 * Looked up row by row: each `limit 1` keeps the planner from reading a whole table of the history for a page of fifty
 * (it did, from a million conversations on). So join these to a page, not to what the page is taken from.
 */
export const itemJoins = (agentId: string): RawBuilder<unknown> => sql`
  join lateral (select name, avatar_url, version from contacts where id = conversation.contact_id limit 1) as contact on true
  left join lateral (select coalesce(thread_kind, 'group') as thread_kind, thread_title from identities
    where id = conversation.identity_id and thread_key is not null limit 1) as place on true
  left join lateral (select received_count, seq from agent_reads
    where conversation_id = conversation.id and agent_id = ${agentId} limit 1) as agent_read on true
  left join lateral (select seq from mentions
    where conversation_id = conversation.id and agent_id = ${agentId} limit 1) as mention on true`

const toItem = (row: ItemRow): ConversationItem => ({
  conversation: toConversation(row),
  contact: {
    id: row.contact_id,
    name: row.contact_name,
    avatarUrl: row.contact_avatar_url,
    version: row.contact_version,
  },
  thread: row.thread_kind && { kind: row.thread_kind, title: row.thread_title },
  marks: toMarks(row),
  unreadCount: Math.max(0, row.received_count - (row.read_count ?? 0)),
  mentioned: row.mention_seq !== null && row.mention_seq > (row.read_seq ?? 0),
})

export async function queryItems(db: Database, query: RawBuilder<unknown>): Promise<ConversationItem[]> {
  const { rows } = await sql<ItemRow>`${query}`.execute(db)
  return rows.map(toItem)
}

/** One conversation as this agent sees it; `not-found` for one that is not theirs to see, as for one that is not there. */
export async function readItem(db: Database, agent: AgentPrincipal, id: string): Promise<ConversationItem> {
  const [item] = await queryItems(
    db,
    sql`select ${itemColumns} from conversations as conversation ${itemJoins(agent.agentId)}
        where conversation.id = ${id} and ${visibleTo(agent)}`,
  )
  if (!item) throw new AppError('not-found')
  return item
}
