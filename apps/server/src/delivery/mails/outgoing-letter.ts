import type { OutgoingLetter } from '@qiao/channels'
import { sql } from 'kysely'
import { findMailBody, plainSignatureOf, sentBody } from '#mails'
import type { Database } from '#platform/database/connect'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import type { WaitingDelivery } from '../outbound/delivery-row.ts'

/** The beginning of a long conversation and what came last are enough for any mail program. */
const [firstNames, lastNames] = [2, 20]

/** What a letter carries beside its content; undefined where nobody writes letters. */
export async function outgoingLetter(
  deps: ChannelDeps,
  { capabilities, inbox }: Account,
  delivery: WaitingDelivery,
): Promise<OutgoingLetter | undefined> {
  if (!capabilities.letters) return undefined
  const { conversation_id: conversationId, body, entry_id: id } = delivery
  const { number, subject } = await deps.db
    .selectFrom('conversations')
    .select(['number', 'subject'])
    .where('id', '=', conversationId)
    .executeTakeFirstOrThrow()
  return {
    id,
    subject: subjectOf(body, subject, inbox.name),
    conversationId,
    conversationNumber: number,
    references: await namesBefore(deps, delivery),
    body: await bodyOf(deps, delivery),
    ...(await signatureBelow(deps, inbox.id, delivery)),
    ...(delivery.only_to ? { only: delivery.only_to } : {}),
    automatic: delivery.author_type !== 'agent' || body.notice === true,
  }
}

/** What a stranger wrote goes to an address that they named only when an agent sends it. */
function subjectOf({ content, notice, apart }: WaitingDelivery['body'], subject: string | null, name: string): string {
  if (content.type === 'mail') return content.subject
  return notice && apart ? name : (subject ?? name)
}

interface Named {
  message_id: string
  entry_id: string
  ours: boolean
}

/**
 * What it answers stands last, as RFC 5322 (3.6.4) wants it; before that the beginning and what came before it. However
 * long the conversation is, no more than these are read.
 */
async function namesBefore({ db }: ChannelDeps, delivery: WaitingDelivery): Promise<string[]> {
  const { conversation_id: id, public_seq: before } = delivery
  const replyTo = delivery.body.replyToId ?? null
  const known = sql`select message_id, entry_id, ours, public_seq from channel_messages
    where conversation_id = ${id} and public_seq < ${before}`
  const { rows } = await sql<Named>`
    select message_id, entry_id, ours from (
      (${known} order by public_seq, message_id limit ${firstNames})
      union (${known} order by public_seq desc, message_id desc limit ${lastNames + 1})
      union (${known} and not ours order by public_seq desc, message_id desc limit 1)
      union (${known} and entry_id = ${replyTo}::uuid order by public_seq desc, message_id desc limit 1)
    ) as name order by public_seq, message_id`.execute(db)
  const named = rows.length > 0 ? rows : await namesOfOrigin(db, id)
  const answered =
    named.findLast((row) => row.entry_id === replyTo) ?? named.findLast(({ ours }) => !ours) ?? named.at(-1)
  const others = [...new Set(named.map((row) => row.message_id))].filter((name) => name !== answered?.message_id)
  const kept =
    others.length <= firstNames + lastNames ? others : [...others.slice(0, firstNames), ...others.slice(-lastNames)]
  return answered ? [...kept, answered.message_id] : []
}

/** The first letter of a conversation that was split off answers the message with which it begins. */
async function namesOfOrigin(db: Database, conversationId: string): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select message_id, entry_id, ours from entries as started
    join channel_messages on channel_messages.conversation_id = (body -> 'splitFrom' ->> 'conversationId')::uuid
      and entry_id = (body -> 'splitFrom' ->> 'entryId')::uuid
    where started.conversation_id = ${conversationId} and seq = 1 limit 1`.execute(db)
  return rows
}

/** A kept body has been signed when it was written, or not, as its writer wanted. */
async function signatureBelow(
  { db }: ChannelDeps,
  inboxId: string,
  { author_type: authorType, author_id: agentId, body }: WaitingDelivery,
): Promise<Pick<OutgoingLetter, 'signature'>> {
  if (authorType !== 'agent' || agentId === null || body.content.type === 'mail' || body.notice) return {}
  const signature = await plainSignatureOf(db, inboxId, agentId)
  return signature === '' ? {} : { signature }
}

async function bodyOf({ db }: ChannelDeps, { body: { content } }: WaitingDelivery): Promise<OutgoingLetter['body']> {
  if (content.type !== 'mail') return null
  const row = content.bodyId === undefined ? null : await findMailBody(db, content.bodyId)
  return row ? sentBody(row) : { html: null, text: content.text }
}

/** For asking a channel what it makes of a content before there is anything to be sent. */
export const sampleLetter = (text: string): OutgoingLetter => ({
  id: '00000000-0000-7000-8000-000000000000',
  subject: 'Sample',
  conversationId: '00000000-0000-7000-8000-000000000000',
  conversationNumber: 1,
  references: [],
  body: { html: null, text },
  automatic: false,
})
