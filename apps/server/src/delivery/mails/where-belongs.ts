import type { EventOf } from '@qiao/channels'
import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import type { Account } from '../accounts/open-account.ts'
import type { KnownPeer } from '../inbound/resolve-peer.ts'
import { takesPart } from './people.ts'

/** Where a letter belongs. `own`: to a conversation of its writer, not to one of somebody else in which they take part. */
export interface Belonging {
  conversationId: string
  own: boolean
  /** The conversation began in another inbox, and goes on through this one. */
  elsewhere: boolean
  /** There its customer is somebody else, who does not see what is written here. */
  apart: boolean
}

/**
 * A letter continues what it provably answers: our reply address, or a message of ours by its name, both of which nobody
 * could make up. What anybody may know or guess (a number, the name of a customer's own letter) counts only for those who
 * take part already and whose address is not forged. Anything else is a conversation of its own, also beside others of the
 * same customer.
 */
export async function whereBelongs(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  peer: KnownPeer,
): Promise<Belonging | null> {
  const candidates = await findCandidates(deps, account, event)
  const somebody = { identityId: peer.identityId, contactId: peer.contact.id, address: event.from.address }
  const isForged = event.content.type === 'mail' && event.content.trust === 'failed'
  for (const { id, proven, identity_id: identityId, inbox_id: inboxId, contact_id: contactId } of candidates) {
    if (!proven && (isForged || !(await takesPart(deps.db, id, somebody)))) continue
    const elsewhere = inboxId !== account.inbox.id
    const apart = elsewhere && contactId !== peer.contact.id
    return { conversationId: id, own: identityId === peer.identityId, elsewhere, apart }
  }
  return null
}

interface Candidate {
  id: string
  identity_id: string
  contact_id: string
  inbox_id: string
  proven: boolean
}

const mostAnswers = 100

/** In the order in which they count. Only what is or goes on in this inbox: another one has other readers. */
async function findCandidates(
  { db }: ChannelDeps,
  { inbox }: Account,
  { belongs, answers = [], quotesNumber }: EventOf<'message'>,
): Promise<Candidate[]> {
  const named = answers.slice(0, mostAnswers)
  const number = Number.isSafeInteger(quotesNumber) ? quotesNumber : null
  const { rows } = await sql<Candidate>`
    with found as (
      select id, true as proven, 0 as turn, 0 as place from conversations where id = ${belongs?.conversationId ?? null}::uuid
      union all
      select message.conversation_id, message.ours, 1, array_position(${named}::text[], message.message_id)
      from channel_messages as message join identities as identity on identity.id = message.identity_id
      where message.message_id = any(${named}::text[]) and identity.inbox_id = ${inbox.id}
      union all
      select id, false, 2, 0 from conversations where number = ${number}::bigint
    )
    select conversation.id, conversation.identity_id, conversation.contact_id, conversation.inbox_id, proven from found
    join conversations as conversation using (id)
    where conversation.inbox_id = ${inbox.id} or exists (
      select from continued_conversations as continued join identities as identity on identity.id = continued.identity_id
      where continued.conversation_id = conversation.id and identity.inbox_id = ${inbox.id})
    order by turn, place`.execute(db)
  return rows
}
