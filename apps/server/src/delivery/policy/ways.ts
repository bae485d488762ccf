import type { ProblemCode } from '@qiao/channels'
import type { ConversationOutlet } from '@qiao/protocol'
import { sql } from 'kysely'
import { readItem } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { ownChannel } from '../outbound/inbox-channels.ts'
import { readLedger } from './ledger.ts'
import { permissionOf } from './permission.ts'

export interface Way {
  identityId: string
  inboxId: string
  contactId: string
  channel: string
  address: string
  /** The one by which the conversation goes unless another is named. */
  own: boolean
  /** Asked for with a message that was left, and not proven to be the customer's. */
  wished: boolean
  /** Wished last. */
  first: boolean
}

interface WayRow {
  id: string
  inbox_id: string
  contact_id: string
  address: string
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
    select identity.id, inbox_id, contact_id, coalesce(peer_address, address) as address, channel,
      wish.current is not null as wished, coalesce(wish.current, false) as first
    from identities as identity join inboxes on inboxes.id = inbox_id
    left join answer_ways as wish on wish.identity_id = identity.id and wish.conversation_id = ${conversationId}
    where (contact_id = ${contactId} and identity.id = ${identityId}) or (thread_key is null and paused_at is null
      and (wish.current is not null or (contact_id = ${contactId} and ${visible})))
    order by coalesce(wish.current, false) desc, identity.id <> ${identityId}, identity.created_at desc
    limit ${mostWays}`.execute(deps.db)
  return rows.map((row) => ({
    identityId: row.id,
    inboxId: row.inbox_id,
    contactId: row.contact_id,
    channel: row.channel,
    address: row.address,
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
    ways.map(async ({ identityId, inboxId, channel, address, own, first }) => {
      const latest = identityId === last || (last === null && own)
      const rest = { identityId, inboxId, channel, address, own, latest, ...(first ? { wished: true as const } : {}) }
      const shut = (why: ProblemCode | 'own-page') => ({ ...rest, open: false, template: false, why })
      if (channel === ownChannel) return own ? { ...rest, open: true, template: false, why: null } : shut('own-page')
      const account = await openAccount(deps, inboxId)
      if (!account) return shut('not-connected')
      const permission = permissionOf(account.capabilities, await readLedger(deps.db, identityId), deps.clock.now())
      const open = permission.free !== null || permission.humanAgent !== null
      return { ...rest, open, template: permission.template, why: open ? null : permission.why }
    }),
  )
}
