import type { ContentOf } from '@qiao/protocol'
import { sql } from 'kysely'
import { findContact, findContactAt } from '#contacts'
import { readItem, replyPrivately } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { ChannelDeps } from '../channel-deps.ts'
import { makeIdentity } from '../inbound/make-identity.ts'
import { latestConversation } from '../inbound/provider-messages.ts'
import { readLedger } from '../policy/ledger.ts'
import { renderAhead } from '../policy/render-ahead.ts'
import { claimLastsMs, closesAt, type Comment, privateWay, readComments } from './private-replies.ts'

interface Answer {
  id: string
  clientKey: string
  entryId: string
  content: ContentOf<'text'>
}

/** Answers a comment with a private message: refused with words what the provider would refuse, before anything is stored. */
export async function answerPrivately(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  { id, clientKey, entryId, content }: Answer,
): Promise<{ conversationId: string; entryId: string }> {
  const { conversation } = await readItem(deps.db, agent, id)
  const way = await privateWay(deps, conversation.id)
  if (!way) throw new AppError('content-not-sendable', { detail: 'What is said here cannot be answered in private' })
  const [comment] = await readComments(deps, conversation.id, entryId)
  if (!comment) throw new AppError('not-found', { detail: 'No such comment in this conversation' })
  if (closesAt(comment, way.ms) <= deps.clock.now()) throw new AppError('private-reply-late')
  const { account, address } = way
  const circumstances = {
    to: address,
    privately: comment.messageId,
    window: 'open',
    files: [],
    linkOf: () => '',
  } as const
  const ahead = renderAhead(account, content, circumstances)
  if (ahead.kind === 'impossible') {
    const { code, detail } = ahead.problem
    throw new AppError(code === 'too-long' ? 'text-too-long' : 'content-not-sendable', { detail: detail ?? code })
  }
  const identityId = await identityAt(deps, account.inbox.id, address, conversation.contactId)
  // Who wants no messages wants none of this kind either.
  if ((await readLedger(deps.db, identityId)).stop) throw new AppError('customer-opted-out')
  await claim(deps, comment, clientKey)
  const there = await goesOnIn(deps, identityId)
  const sent = await replyPrivately(deps, agent, {
    clientKey,
    content,
    privately: { conversationId: conversation.id, entryId },
    inboxId: account.inbox.id,
    contactId: conversation.contactId,
    identityId,
    conversationId: there,
  })
  await sql`
    update private_replies set conversation_id = ${sent.conversationId}, entry_id = ${sent.id}
    where comment_id = ${entryId} and client_key = ${clientKey}`.execute(deps.db)
  return { conversationId: sent.conversationId, entryId: sent.id }
}

/** The customer's private way in the same inbox, whether or not they ever wrote by it. */
async function identityAt(deps: ChannelDeps, inboxId: string, address: string, contactId: string): Promise<string> {
  const known = await findContactAt(deps.pool, { inboxId, address })
  if (known) return known.identityId
  const contact = await findContact(deps.db, contactId)
  const made = { inboxId, address, peerAddress: address, thread: undefined, verified: true, contact, facts: {} }
  return (await makeIdentity(deps, made)).identityId
}

/** Null when nothing is open between the two. */
async function goesOnIn({ pool }: ChannelDeps, identityId: string): Promise<string | null> {
  const latest = await latestConversation(pool, identityId)
  const { rows } = await pool.query<{ id: string }>(
    `select id from conversations where id = $1 and identity_id = $2 and state <> 'closed'`,
    [latest, identityId],
  )
  return rows[0]?.id ?? null
}

/** One of two who answer at once: the other is told so. Tried again by the same, it is still theirs. */
async function claim({ db, clock }: ChannelDeps, { entryId }: Comment, clientKey: string): Promise<void> {
  const now = clock.now()
  const broken = new Date(now.getTime() - claimLastsMs)
  const { rows } = await sql`
    insert into private_replies as known (comment_id, client_key, claimed_at) values (${entryId}, ${clientKey}, ${now})
    on conflict (comment_id) do update set client_key = excluded.client_key, claimed_at = excluded.claimed_at
    where known.client_key = excluded.client_key or (known.entry_id is null and known.claimed_at < ${broken})
    returning comment_id`.execute(db)
  if (rows.length === 0) throw new AppError('private-reply-used')
}
