import type { JsonObject, Part } from '@qiao/channels'
import type { Author, Conversation, EntryBody } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { Allowance, Spent } from '../policy/permission.ts'
import { type ThreadKind, threadKindColumn } from '../threads/account-in.ts'

/** A message that waits to go out, with what is needed for it. */
export interface WaitingDelivery {
  entry_id: string
  conversation_id: string
  seq: number
  public_seq: number
  inbox_id: string
  identity_id: string
  allowance: Allowance | null
  attempts: number
  round: number
  next_attempt_at: Date | null
  trying_since: Date | null
  /** Of a letter that all others have; null: everybody. */
  only_to: string[] | null
  /** When it was to go out: written, or sent again. */
  began_at: Date
  body: EntryBody<'message.sent'>
  author_type: Author['type']
  author_id: string | null
  language: Conversation['language']
  address: string
  peer_address: string | null
  thread_key: string | null
  thread_kind: ThreadKind
}

export interface PartRow {
  number: number
  request: JsonObject
  attachment_ids: string[]
  state: 'waiting' | 'sending' | 'accepted' | 'failed' | 'unknown'
  attempts: number
  spent: Spent[]
  /** It leaves, or left, as the answer to a call of the provider. */
  answers: boolean
}

export const partOf = ({
  request,
  attachment_ids: attachmentIds,
}: Pick<PartRow, 'request' | 'attachment_ids'>): Part => ({
  request,
  ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
})

export async function nextDelivery(db: Database, conversationId: string): Promise<WaitingDelivery | undefined> {
  const { rows } = await sql<WaitingDelivery>`
    select delivery.entry_id, delivery.conversation_id, delivery.seq, delivery.public_seq, delivery.inbox_id, identity.id as identity_id,
      allowance, attempts, round, next_attempt_at, trying_since, only_to, delivery.changed_at as began_at, body, author_type, author_id,
      conversation.language, identity.address, identity.peer_address, identity.thread_key,
      ${threadKindColumn} as thread_kind
    from deliveries as delivery
    join entries as entry on entry.conversation_id = delivery.conversation_id and entry.seq = delivery.seq
    join conversations as conversation on conversation.id = delivery.conversation_id
    join identities as first on first.id = delivery.identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where delivery.conversation_id = ${conversationId} and delivery.state = 'waiting'
    order by delivery.seq limit 1`.execute(db)
  return rows[0]
}

export async function readParts(db: Database, entryId: string): Promise<PartRow[]> {
  const { rows } = await sql<PartRow>`
    select number, request, attachment_ids, state, attempts, spent, answers from delivery_parts
    where entry_id = ${entryId} order by number`.execute(db)
  return rows
}
