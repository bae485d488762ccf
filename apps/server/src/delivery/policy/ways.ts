import type { ConversationOutlet } from '@qiao/protocol'
import { sql } from 'kysely'
import { readItem } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { ownChannel } from '../outbound/inbox-channels.ts'
import { type ThreadKind, threadKindColumn } from '../threads/account-in.ts'
import { allOpen, readStanding, shut, type Standing } from './read-standing.ts'

export interface Way {
  identityId: string
  /** Whose book counts: that of who writes from another address by now. */
  ledgerId: string
  inboxId: string
  contactId: string
  channel: string
  address: string
  /** Only the conversation's own way can be a thread. */
  thread: string | null
  threadKind: ThreadKind
  /** The one by which the conversation goes unless another is named. */
  own: boolean
  /** Asked for with a message that was left, and not proven to be the customer's. */
  wished: boolean
  /** Wished last. */
  first: boolean
}

interface WayRow {
  id: string
  ledger_id: string
  inbox_id: string
  contact_id: string
  address: string
  thread_key: string | null
  thread_kind: ThreadKind
  channel: string
  wished: boolean
  first: boolean
}

const mostWays = 50

/**
 * By which ways the customer of a conversation is reached, of those that the agent sees. Groups are no way to a person. Where
 * the customer asked to be answered, whoever sees the conversation may answer: the inbox says from where.
 */
export async function readWays(deps: ChannelDeps, agent: AgentPrincipal, conversationId: string): Promise<Way[]> {
  const { conversation } = await readItem(deps.db, agent, conversationId)
  const { contactId, identityId } = conversation
  const visible = agent.inboxIds === 'all' ? sql`true` : sql`inbox_id = any(${[...agent.inboxIds]}::uuid[])`
  const { rows } = await sql<WayRow>`
    select identity.id, coalesce(moved_to, identity.id) as ledger_id, inbox_id, contact_id,
      coalesce(peer_address, address) as address, channel, identity.thread_key, ${threadKindColumn} as thread_kind,
      wish.current is not null as wished, coalesce(wish.current, false) as first
    from identities as identity join inboxes on inboxes.id = inbox_id
    left join answer_ways as wish on wish.identity_id = identity.id and wish.conversation_id = ${conversationId}
    where (contact_id = ${contactId} and identity.id = ${identityId}) or (thread_key is null and paused_at is null
      and (wish.current is not null or (contact_id = ${contactId} and ${visible})))
    order by coalesce(wish.current, false) desc, identity.id <> ${identityId}, identity.created_at desc
    limit ${mostWays}`.execute(deps.db)
  return rows.map((row) => ({
    identityId: row.id,
    ledgerId: row.ledger_id,
    inboxId: row.inbox_id,
    contactId: row.contact_id,
    channel: row.channel,
    address: row.address,
    thread: row.thread_key,
    threadKind: row.thread_kind,
    own: row.id === identityId,
    wished: row.wished,
    first: row.first,
  }))
}

/** `not-found` for an identity of somebody else; web chat is no way to go on elsewhere: its page shows its own chats. */
export async function readWay(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  conversationId: string,
  identityId: string,
): Promise<Way> {
  const way = (await readWays(deps, agent, conversationId)).find((each) => each.identityId === identityId)
  if (!way) throw new AppError('not-found')
  if (!way.own && way.channel === ownChannel) {
    throw new AppError('content-not-sendable', { detail: 'A page shows only the chats that began there' })
  }
  return way
}

/** Null for the conversation's own. */
async function lastWay({ db }: ChannelDeps, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ identity_id: string | null }>`
    select body #>> '{via,identityId}' as identity_id from entries
    where conversation_id = ${conversationId} and kind = 'message.received' order by seq desc limit 1`.execute(db)
  return rows[0]?.identity_id ?? null
}

export async function listOutlets(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  conversationId: string,
): Promise<ConversationOutlet[]> {
  const ways = await readWays(deps, agent, conversationId)
  const last = await lastWay(deps, conversationId)
  return Promise.all(
    ways.map(async (way) => {
      const { identityId, inboxId, channel, address, own, first } = way
      const latest = identityId === last || (last === null && own)
      const standing = await standingAt(deps, way)
      const open = standing.free !== null || standing.humanAgent !== null
      const about = { identityId, inboxId, channel, address, own, latest, ...(first ? { wished: true as const } : {}) }
      return { ...about, ...standing, open, why: open ? null : standing.why }
    }),
  )
}

async function standingAt(deps: ChannelDeps, way: Way): Promise<Standing> {
  const { inboxId, ledgerId, channel, own } = way
  if (channel === ownChannel) return own ? allOpen : shut('own-page')
  const account = await openAccount(deps, inboxId)
  if (account) return readStanding(deps, account, { ...way, identityId: ledgerId })
  // What is written where the conversation is waits until somebody has configured the channel.
  return own ? allOpen : shut('not-connected')
}
