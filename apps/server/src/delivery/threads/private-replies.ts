import type { Answerable } from '@qiao/protocol'
import { sql } from 'kysely'
import { readItem } from '#conversations'
import type { AgentPrincipal } from '#platform/principal'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { type Place, readPlace } from '../policy/place.ts'
import { accountIn } from './account-in.ts'

/** Something said in public, as it stands with a private answer. */
export interface Comment {
  entryId: string
  /** The provider's. */
  messageId: string
  saidAt: Date
  /** Where the answer is; null while there is none. */
  answeredIn: string | null
  answered: boolean
}
interface CommentRow {
  entry_id: string
  message_id: string
  at: Date
  answered: boolean
  answered_in: string | null
}

/** A claim that was broken off is none. */
export const claimLastsMs = 60_000
/** The provider's clock and ours agree only almost, and requests take their time. */
const marginMs = 60_000
const mostShown = 50

/** Null where nothing is answered in private: not in public, or of somebody whom nothing private reaches. */
export async function privateWay(
  deps: ChannelDeps,
  conversationId: string,
): Promise<{ account: Account; place: Place; address: string; ms: number } | null> {
  const place = await readPlace(deps.db, conversationId)
  if (place?.threadKind !== 'public') return null
  const account = await openAccount(deps, place.inboxId)
  const ms = account ? accountIn(account, 'public').capabilities.privately?.ms : undefined
  const address = account?.channel.address(place.address) ?? null
  return account && ms !== undefined && address !== null ? { account, place, address, ms } : null
}

export async function readComments(
  deps: ChannelDeps,
  conversationId: string,
  entryId: string | null = null,
): Promise<Comment[]> {
  const broken = new Date(deps.clock.now().getTime() - claimLastsMs)
  const { rows } = await sql<CommentRow>`
    select entry.id as entry_id, message.message_id, entry.at,
      reply.entry_id is not null or coalesce(reply.claimed_at > ${broken}, false) as answered,
      reply.conversation_id as answered_in
    from entries as entry join channel_messages as message on message.entry_id = entry.id and not message.ours
    left join private_replies as reply on reply.comment_id = entry.id
    where entry.conversation_id = ${conversationId} and entry.kind = 'message.received'
      and (${entryId}::uuid is null or entry.id = ${entryId})
    order by entry.seq desc limit ${mostShown}`.execute(deps.db)
  return rows.map((row) => ({
    entryId: row.entry_id,
    messageId: row.message_id,
    saidAt: row.at,
    answeredIn: row.answered_in,
    answered: row.answered,
  }))
}

export const closesAt = ({ saidAt }: Comment, ms: number): Date => new Date(saidAt.getTime() + ms - marginMs)

export async function listPrivateReplies(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  conversationId: string,
): Promise<{ comments: Answerable[] }> {
  const { conversation } = await readItem(deps.db, agent, conversationId)
  const way = await privateWay(deps, conversation.id)
  if (!way) return { comments: [] }
  const comments = await readComments(deps, conversation.id)
  return { comments: comments.map((comment) => shown(comment, closesAt(comment, way.ms), deps.clock.now())) }
}

function shown({ entryId, answered, answeredIn }: Comment, until: Date, now: Date): Answerable {
  const why = answered ? 'private-reply-used' : until <= now ? 'private-reply-late' : null
  return { entryId, closesAt: until.toISOString(), open: why === null, why, conversationId: answeredIn }
}
