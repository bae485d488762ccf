import type { EventOf } from '@qiao/channels'
import type { SenderTrust } from '@qiao/protocol'
import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import type { Account } from '../accounts/open-account.ts'
import type { KnownPeer } from '../inbound/resolve-peer.ts'
import { appointmentIn } from './appointments.ts'
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
 * could make up. What others may know or guess (the name of a customer's own letter or of an appointment) counts only for those who
 * take part already and whose address is not forged, and a number only where the address is proven. Anything else is a conversation of its own, also beside others of the
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
  const trust = event.content.type === 'mail' ? event.content.trust : undefined
  for (const { id, proof, identity_id: identityId, inbox_id: inboxId, contact_id: contactId } of candidates) {
    if (!isEnough(proof, trust) || (proof !== 'answer' && !(await takesPart(deps.db, id, somebody)))) continue
    const now = await whereItWent(deps, id, event.answers ?? [])
    const place = now ?? { id, identity_id: identityId, contact_id: contactId, inbox_id: inboxId }
    const elsewhere = place.inbox_id !== account.inbox.id
    return {
      conversationId: place.id,
      own: place.identity_id === peer.identityId,
      elsewhere,
      apart: elsewhere && place.contact_id !== peer.contact.id,
    }
  }
  return null
}

/** Numbers count up: whoever writes somebody's address into the From could follow one into their conversation. */
function isEnough(proof: Candidate['proof'], trust: SenderTrust | undefined): boolean {
  return proof === 'answer' || (proof === 'number' ? trust === 'verified' : trust !== 'failed')
}

interface Place {
  id: string
  identity_id: string
  contact_id: string
  inbox_id: string
}

const longestChain = 100

/**
 * A letter that answers what was made a conversation of its own, or an answer to that, goes there; then to wherever that
 * one goes on. Null where nothing went anywhere.
 */
async function whereItWent({ db }: ChannelDeps, id: string, answers: readonly string[]): Promise<Place | null> {
  const named = answers.slice(0, mostAnswers)
  const { rows } = await sql<Place>`
    with recursive answered (id, step) as (
      (select entry_id, 0 from channel_messages
        where conversation_id = ${id} and message_id = any(${named}::text[])
          and exists (select from entries where conversation_id = ${id} and kind = 'conversation.split')
        order by array_position(${named}::text[], message_id) limit 1)
      union all
      select (body ->> 'replyToId')::uuid, step + 1 from answered
      join entries on conversation_id = ${id} and entries.id = answered.id
      where body ? 'replyToId' and step < ${longestChain}
    ), own as (
      select (body ->> 'toId')::uuid as id from entries join answered on body ->> 'entryId' = answered.id::text
      where conversation_id = ${id} and kind = 'conversation.split' order by step, seq desc limit 1
    )
    select id, identity_id, contact_id, inbox_id from conversations
    where id = goes_on_in(coalesce((select id from own), ${id})) and id <> ${id}`.execute(db)
  return rows[0] ?? null
}

interface Candidate {
  id: string
  identity_id: string
  contact_id: string
  inbox_id: string
  /** `answer`: nobody could make it up. `name`: read in a letter, or guessed. `number`: anybody's guess. */
  proof: 'answer' | 'name' | 'number'
}

const mostAnswers = 100

/** In the order in which they count. Only what is or goes on in this inbox: another one has other readers. */
async function findCandidates(
  { db }: ChannelDeps,
  { inbox }: Account,
  event: EventOf<'message'>,
): Promise<Candidate[]> {
  const { belongs, answers = [], quotesNumber } = event
  const named = answers.slice(0, mostAnswers)
  const number = Number.isSafeInteger(quotesNumber) ? quotesNumber : null
  const { rows } = await sql<Candidate>`
    with found as (
      select id, 'answer' as proof, 0 as turn, 0 as place from conversations where id = ${belongs?.conversationId ?? null}::uuid
      union all
      select message.conversation_id, case when message.ours then 'answer' else 'name' end, 1, array_position(${named}::text[], message.message_id)
      from channel_messages as message join identities as identity on identity.id = message.identity_id
      where message.message_id = any(${named}::text[]) and identity.inbox_id = ${inbox.id}
      union all
      (select conversation_id, 'name', 2, row_number() over (order by entry_id) from appointments
        where inbox_id = ${inbox.id} and uid = ${appointmentIn(event)} order by entry_id limit ${mostAnswers})
      union all
      select id, 'number', 3, 0 from conversations where number = ${number}::bigint
    )
    select conversation.id, conversation.identity_id, conversation.contact_id, conversation.inbox_id, proof from found
    join conversations as conversation using (id)
    where conversation.inbox_id = ${inbox.id} or exists (
      select from continued_conversations as continued join identities as identity on identity.id = continued.identity_id
      where continued.conversation_id = conversation.id and identity.inbox_id = ${inbox.id})
    order by turn, place`.execute(db)
  return rows
}
