import type { OutgoingLetter } from '@qiao/channels'
import { sql } from 'kysely'
import { findMailBody, sentBody } from '#mails'
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
    automatic: delivery.author_type !== 'agent' || body.notice === true,
  }
}

/** What a stranger wrote goes to an address that they named only when an agent sends it. */
function subjectOf({ content, notice, apart }: WaitingDelivery['body'], subject: string | null, name: string): string {
  if (content.type === 'mail') return content.subject
  return notice && apart ? name : (subject ?? name)
}

async function namesBefore({ db }: ChannelDeps, delivery: WaitingDelivery): Promise<string[]> {
  const { rows } = await sql<{ message_id: string; entry_id: string; ours: boolean }>`
    select message_id, entry_id, ours from channel_messages
    where conversation_id = ${delivery.conversation_id} and public_seq < ${delivery.public_seq}
    order by public_seq, message_id`.execute(db)
  const answered =
    rows.findLast((row) => row.entry_id === delivery.body.replyToId) ??
    rows.findLast(({ ours }) => !ours) ??
    rows.at(-1)
  const others = [...new Set(rows.map((row) => row.message_id))].filter((name) => name !== answered?.message_id)
  const kept =
    others.length <= firstNames + lastNames ? others : [...others.slice(0, firstNames), ...others.slice(-lastNames)]
  return answered ? [...kept, answered.message_id] : []
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
