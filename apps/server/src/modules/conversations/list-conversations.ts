import type { ConversationItem, ConversationView, listConversations as endpoint } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import type { AgentPrincipal } from '#platform/principal'
import { itemColumns, itemJoins, queryItems } from './conversation-item.ts'
import { involves, visibleTo } from './sight.ts'

type Query = z.output<typeof endpoint.query>
type Page = { items: ConversationItem[]; nextCursor: string | null }

const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(conditions, sql` and `)

/** Conversations for which a team of the agent's answers, whoever holds them. */
const ofMyTeams = (
  agent: AgentPrincipal,
): RawBuilder<unknown> => sql`(conversation.team_id = any(${[...agent.teamIds]}::uuid[])
  or (conversation.team_id is null and conversation.inbox_id in
    (select inbox_id from inbox_teams where team_id = any(${[...agent.teamIds]}::uuid[]))))`

/** Where an agent was mentioned of late; older mentions are history, found by searching. */
export const recentMentions = (agent: AgentPrincipal): RawBuilder<unknown> => sql`
  select conversation_id, seq from mentions where agent_id = ${agent.agentId} order by at desc limit ${mostMentions}`
const mostMentions = 200

export function inView(view: Exclude<ConversationView, 'closed'>, agent: AgentPrincipal): RawBuilder<unknown> {
  switch (view) {
    case 'mine':
      return sql`(conversation.assignee_id = ${agent.agentId}::uuid or ${involves(agent)}) and conversation.state = 'open'`
    case 'unassigned':
      return sql`conversation.assignee_id is null and conversation.state = 'open' and ${visibleTo(agent)}`
    case 'team':
      return sql`conversation.state = 'open' and ${ofMyTeams(agent)}`
    case 'all':
      return sql`conversation.state = 'open' and ${visibleTo(agent)}`
    case 'snoozed':
      return sql`conversation.state = 'snoozed' and ${visibleTo(agent)}`
    case 'mentions':
      return sql`conversation.id in (select conversation_id from (${recentMentions(agent)}) as recent) and ${visibleTo(agent)}`
    default:
      return view satisfies never
  }
}

function filters(query: Query): RawBuilder<unknown>[] {
  return [
    ...(query.inboxId ? [sql`conversation.inbox_id = ${query.inboxId}`] : []),
    ...(query.teamId ? [sql`conversation.team_id = ${query.teamId}`] : []),
    ...(query.tag ? [sql`conversation.tags @> array[${query.tag}]`] : []),
    ...(query.contactId ? [sql`conversation.contact_id = ${query.contactId}`] : []),
  ]
}

export async function listConversations(db: Database, agent: AgentPrincipal, query: Query): Promise<Page> {
  if (query.search) return searchConversations(db, agent, query, query.search)
  return query.view === 'closed' ? listClosed(db, agent, query) : listOpen(db, agent, query, query.view)
}

const orders = {
  newest: { by: sql.raw('conversation.last_activity_at'), descending: true },
  oldest: { by: sql.raw('conversation.last_activity_at'), descending: false },
  // Who waits longest comes first; who does not wait comes last, oldest first.
  waiting: {
    by: sql.raw("coalesce(conversation.waiting_since, conversation.last_activity_at + interval '100 years')"),
    descending: false,
  },
}

/**
 * The few that are put off, by their own index whoever asks: `offset` keeps the planner from bringing what the agent may
 * see inside, for which it takes now this index and now several others, and no other index has them in this order.
 */
const snoozed = sql`(select * from conversations where state = 'snoozed' order by snoozed_until offset 0)`

/** Work in hand. The partial indexes hold just this, so sorting it costs the same however long the history is. */
async function listOpen(
  db: Database,
  agent: AgentPrincipal,
  query: Query,
  view: Exclude<ConversationView, 'closed'>,
): Promise<Page> {
  const { by, descending } = orders[query.sort]
  const after = decodeCursor(query.cursor, 2)
  const direction = descending ? sql`desc` : sql`asc`
  const conditions = [inView(view, agent), ...filters(query)]
  if (after) {
    const [at, id] = after
    conditions.push(sql`(${by}, conversation.id) ${descending ? sql`<` : sql`>`} (${at}::timestamptz, ${id}::uuid)`)
  }
  const items = await queryItems(
    db,
    sql`select ${itemColumns} from (
          select conversation.*, ${by} as sort_at from ${view === 'snoozed' ? snoozed : sql`conversations`} as conversation
          where ${all(conditions)} order by ${by} ${direction}, conversation.id ${direction} limit ${query.limit + 1}
        ) as conversation ${itemJoins(agent.agentId)}
        order by conversation.sort_at ${direction}, conversation.id ${direction}`,
  )
  return toPage(items, query.limit, (item) => [sortValue(item, query.sort), item.conversation.id])
}

function sortValue({ conversation }: ConversationItem, sort: Query['sort']): string {
  if (sort !== 'waiting') return conversation.lastActivityAt
  if (conversation.waitingSince) return conversation.waitingSince
  const at = new Date(conversation.lastActivityAt)
  at.setUTCFullYear(at.getUTCFullYear() + 100)
  return at.toISOString()
}

/**
 * History. Each inbox is read through its own stretch of the index and the newest of all are taken: reading time follows
 * the page, not the history. A plain `inbox_id = any(…)` would sort everything that was ever closed.
 */
async function listClosed(db: Database, agent: AgentPrincipal, query: Query): Promise<Page> {
  const after = decodeCursor(query.cursor, 2)
  const below = after
    ? sql`and (conversation.closed_at, conversation.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql``
  const extra = filters(query)
  const also = extra.length > 0 ? sql`and ${all(extra)}` : sql``
  const sources =
    agent.inboxIds === 'all' ? sql`select id from inboxes` : sql`select unnest(${[...agent.inboxIds]}::uuid[]) as id`
  const items = await queryItems(
    db,
    sql`with newest as (
          select closed.* from (${sources}) as inbox cross join lateral (
            select conversation.* from conversations as conversation
            where conversation.inbox_id = inbox.id and conversation.state = 'closed' ${below} ${also}
            order by conversation.closed_at desc, conversation.id desc limit ${query.limit + 1}
          ) as closed order by closed.closed_at desc, closed.id desc limit ${query.limit + 1}
        )
        select ${itemColumns} from newest as conversation ${itemJoins(agent.agentId)}
        order by conversation.closed_at desc, conversation.id desc`,
  )
  return toPage(items, query.limit, ({ conversation }) => [conversation.closedAt ?? '', conversation.id])
}

const mostMatches = 200

/** By the number that people quote, or by the name of the contact. */
async function searchConversations(db: Database, agent: AgentPrincipal, query: Query, words: string): Promise<Page> {
  const number = /^#?(\d{1,15})$/.exec(words)?.[1]
  const pattern = `%${words.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const matches = number
    ? sql`conversation.number = ${number}::bigint`
    : sql`conversation.contact_id = any(array(select id from contacts where name ilike ${pattern} limit ${mostMatches}))`
  const items = await queryItems(
    db,
    sql`select ${itemColumns} from (
          select conversation.* from conversations as conversation
          where ${all([matches, visibleTo(agent), ...filters(query)])}
          order by conversation.last_activity_at desc, conversation.id desc limit ${query.limit}
        ) as conversation ${itemJoins(agent.agentId)}
        order by conversation.last_activity_at desc, conversation.id desc`,
  )
  return { items, nextCursor: null }
}

/** All conversations of one contact that the agent may see, newest first. */
export async function listContactConversations(
  db: Database,
  agent: AgentPrincipal,
  contactId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page> {
  const after = decodeCursor(cursor, 2)
  const below = after
    ? sql`and (conversation.created_at, conversation.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : sql``
  const items = await queryItems(
    db,
    sql`select ${itemColumns} from (
          select conversation.* from conversations as conversation
          where conversation.contact_id = ${contactId} and ${visibleTo(agent)} ${below}
          order by conversation.created_at desc, conversation.id desc limit ${limit + 1}
        ) as conversation ${itemJoins(agent.agentId)}
        order by conversation.created_at desc, conversation.id desc`,
  )
  return toPage(items, limit, ({ conversation }) => [conversation.createdAt, conversation.id])
}

function toPage(items: ConversationItem[], limit: number, position: (item: ConversationItem) => string[]): Page {
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown, nextCursor: items.length > limit && last ? encodeCursor(position(last)) : null }
}
