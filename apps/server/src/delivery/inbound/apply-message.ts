import { afterWord, consentOf, type EventOf } from '@qiao/channels'
import type { Contact, EntryBody } from '@qiao/protocol'
import { sql } from 'kysely'
import { receiveMessage, startConversation } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { forgetEntered, readLead } from '../entrances/leads.ts'
import { settleByKey } from '../outbound/settle-by-key.ts'
import { takeChoice } from '../places/take-choice.ts'
import { readLedger } from '../policy/ledger.ts'
import { noteAct, noteConsent } from '../policy/note-acts.ts'
import { permissionOf } from '../policy/permission.ts'
import { applyLetter } from './apply-letter.ts'
import { tellArrivals } from './arrivals.ts'
import { keyFrom } from './entry-key.ts'
import { type EntryPlace, placeIn } from './entry-place.ts'
import { LaterError } from './later-error.ts'
import { type Applying, note } from './note-entry.ts'
import { parameterOf } from './parameter-of.ts'
import { findMessage, latestConversationOf } from './provider-messages.ts'
import { receiveContent } from './receive-content.ts'
import type { KnownPeer } from './resolve-peer.ts'
import type { Speaking } from './who-speaks.ts'
import { withChoice } from './with-choice.ts'

export async function applyMessage(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  peer: Speaking,
  applying: Applying,
): Promise<void> {
  const { identityId } = peer
  if (account.capabilities.letters && !event.thread) return applyLetter(deps, account, event, peer, applying)
  // Before anything else: the customer did write, whatever becomes of the words.
  await noteAct(deps, account, identityId, { act: event.opens ?? 'message', at: event.at, wrote: true })
  const clientKey = keyFrom('message', identityId, event.id)
  const place = await whereSaid(deps, identityId, clientKey)
  const stored = place.known ?? (await receive(deps, account, event, peer, { clientKey, place, last: applying.last }))
  applying.named.push({ ...stored, identityId, messageId: event.id, ours: false })
  if (place.waits && !place.apart) await takeChoice(deps, stored.conversationId, stored.entryId)
  if (place.arrived) await tellArrivals(deps, peer)
  if (place.entered) await forgetEntered(deps.db, identityId)
  // One of a group does not speak for the others.
  if (!peer.shared) await noteStopWord(deps, account, event, peer, applying)
}

async function receive(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  { identityId, author: { contact }, shared }: Speaking,
  { clientKey, place, last }: { clientKey: string; place: Place; last: boolean },
): Promise<EntryPlace> {
  const { conversationId } = place
  const said = { contactId: contact.id, key: `${identityId} ${event.id}`, last }
  const content = await receiveContent(deps, account, event.content, said)
  const replied = event.replyTo === undefined ? null : await findMessage(deps.pool, identityId, event.replyTo)
  // In a conversation that began elsewhere a message says by which way it came.
  const via = conversationId !== null && place.ofIdentityId !== identityId
  const came = { inboxId: account.inbox.id, identityId }
  const lead = place.goesOn ? null : await readLead(deps.db, came, parameterOf(event))
  const { entries } = await receiveMessage(deps, {
    inboxId: account.inbox.id,
    contactId: contact.id,
    identityId,
    conversationId,
    ...(shared ? { startKey: keyFrom('begun', identityId) } : {}),
    joined: place.apart || shared,
    apart: place.apart,
    clientKey,
    reopenWithinMinutes: account.inbox.settings.reopenWithinMinutes,
    content: await withChoice(deps.db, content, { optionId: event.choice, conversationId, answers: replied }),
    replyToId: replied && replied.conversationId === conversationId ? replied.entryId : undefined,
    language: contact.language,
    ...lead,
    facts: {
      ...(shared ? nameOf(event, contact) : {}),
      ...factsOf(event),
      ...((await isHeld(deps, account, identityId)) ? { elsewhere: true } : {}),
      ...(via ? { via: { identityId, inboxId: account.inbox.id } } : {}),
    },
  })
  return placeIn(entries, 'message.received')
}

/** People have the customer's session in the provider's own app. */
async function isHeld(deps: ChannelDeps, { capabilities }: Account, identityId: string): Promise<boolean> {
  if (!capabilities.sessions) return false
  return permissionOf(capabilities, await readLedger(deps.db, identityId), deps.clock.now()).why === 'held-elsewhere'
}

/** In a group each message says whose it is; what the group says itself is the group's. */
function nameOf({ from, thread }: EventOf<'message'>, { name }: Contact): Pick<EntryBody<'message.received'>, 'by'> {
  const known = name ?? from.name ?? from.address
  return from.address === thread?.key ? {} : { by: { name: known.slice(0, 200) } }
}

const short = (text: string | undefined, most: number) => (text ? text.slice(0, most) : undefined)

function factsOf({ referral, extra }: EventOf<'message'>): Pick<EntryBody<'message.received'>, 'referral' | 'extra'> {
  return {
    ...(referral
      ? {
          referral: {
            source: referral.source.slice(0, 200),
            parameter: short(referral.parameter, 1000),
            title: short(referral.title, 500),
            url: short(referral.url, 2048),
          },
        }
      : {}),
    ...(extra === undefined ? {} : { extra }),
  }
}

/** Texting conventions: a message that is nothing but a word for stop is one. The words themselves stay in the thread. */
async function noteStopWord(
  deps: ChannelDeps,
  account: Account,
  { content, at }: EventOf<'message'>,
  peer: KnownPeer,
  applying: Applying,
): Promise<void> {
  const said = content.type === 'text' ? consentOf(content.text, account.capabilities) : null
  if (said === null) return
  if (said === 'start') {
    const ledger = await readLedger(deps.db, peer.identityId)
    if (afterWord(account.capabilities, ledger, said, 0) === ledger) return
  }
  // Told first: what is done twice then finds its line, and not that there is nothing left to tell.
  const about = said === 'stop-promotion' ? { about: 'promotion' as const } : {}
  const body = { wanted: said === 'start', ...about }
  await note(deps, peer, { ...applying, key: `${applying.key}:consent` }, { kind: 'contact.consented', body })
  await noteConsent(deps, account, peer.identityId, { said, at, word: true })
}

interface Place {
  /** What the message was stored as, in whichever conversation of the customer it landed. */
  known: EntryPlace | null
  /** Where what the customer says now belongs, and through which of their identities that began. */
  conversationId: string | null
  ofIdentityId: string | null
  /** It is somebody else's, who asked to be answered here and does not see it. */
  apart: boolean
  /** In a queue. */
  waits: boolean
  /** They came by a link or a code, which is not told yet. */
  arrived: boolean
  /** By a code that leads the conversation which starts next. */
  entered: boolean
  /** The conversation is not closed. */
  goesOn: boolean
}

interface PlaceRow {
  apart: boolean
  waits: boolean
  arrived: boolean
  entered: boolean
  goes_on: boolean
  conversation_id: string | null
  of_identity_id: string | null
  known_in: string | null
  entry_id: string | null
  public_seq: number | null
}

const whereSaidText = `
with latest as materialized (select ${latestConversationOf('$1')} as id),
theirs as materialized (
  select id from conversations where identity_id = $1
  union all select conversation_id from continued_conversations where identity_id = $1)
select latest.id as conversation_id, conversations.identity_id as of_identity_id,
  coalesce(conversations.contact_id <> (select contact_id from identities where id = $1), false) as apart,
  known.conversation_id as known_in, known.id as entry_id, known.public_seq, conversations.queue is not null as waits,
  exists (select from arrivals where identity_id = $1) as arrived,
  exists (select from entered_by where identity_id = $1) as entered,
  coalesce(conversations.state <> 'closed', false) as goes_on
from latest left join conversations on conversations.id = latest.id
left join lateral (
  select found.* from theirs cross join lateral (
    select conversation_id, id, public_seq from entries
    where conversation_id = theirs.id and client_key = $2 and kind in ('message.received', 'message.sent') limit 1) as found
  limit 1) as known on true`

async function whereSaid({ pool }: ChannelDeps, identityId: string, clientKey: string): Promise<Place> {
  const { rows } = await pool.query<PlaceRow>({
    name: 'where-said',
    text: whereSaidText,
    values: [identityId, clientKey],
  })
  const [row] = rows
  return {
    known:
      row?.known_in && row.entry_id && row.public_seq
        ? { conversationId: row.known_in, entryId: row.entry_id, publicSeq: row.public_seq }
        : null,
    conversationId: row?.conversation_id ?? null,
    ofIdentityId: row?.of_identity_id ?? null,
    apart: row?.apart ?? false,
    waits: row?.waits ?? false,
    arrived: row?.arrived ?? false,
    entered: row?.entered ?? false,
    goesOn: row?.goes_on ?? false,
  }
}

/** Written by a colleague in the provider's own app: part of the conversation, and not to be sent again. */
export async function applyEcho(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'echo'>,
  peer: KnownPeer,
  { last, named }: Applying,
): Promise<void> {
  const { identityId } = peer
  if (event.key !== undefined && (await settleByKey(deps, account, event.key, event.id))) return
  if (event.ours || (await findMessage(deps.pool, identityId, event.id))) return
  // Ours may come back before the answer to our request does.
  if (!last && (await isSending(deps, identityId)))
    throw new LaterError({ code: 'provider-failed', detail: 'sending' }, 2_000)
  const clientKey = keyFrom('echo', identityId, event.id)
  const place = await whereSaid(deps, identityId, clientKey)
  const stored = place.known ?? (await appendElsewhere(deps, account, peer, { event, clientKey, place, last }))
  named.push({ ...stored, identityId, messageId: event.id, ours: true })
}

async function appendElsewhere(
  deps: ChannelDeps,
  account: Account,
  { identityId, contact }: KnownPeer,
  said: { event: EventOf<'echo'>; clientKey: string; place: Place; last: boolean },
): Promise<EntryPlace> {
  const { event, clientKey, last } = said
  const key = `${identityId} ${event.id}`
  const content = await receiveContent(deps, account, event.content, { contactId: contact.id, key, last })
  const author = { type: 'system' } as const
  const apart = said.place.apart ? { apart: true as const } : {}
  const entry = { kind: 'message.sent', body: { content, elsewhere: true, ...apart } } as const
  const { conversationId } = said.place
  const { entries } = conversationId
    ? await deps.appender.append({ conversationId, clientKey, author, decide: () => [entry] })
    : await startConversation(deps, {
        inboxId: account.inbox.id,
        contactId: contact.id,
        identityId,
        author,
        clientKey,
        // By an agent, though not here: nobody waits for an answer.
        started: { via: 'agent', previousConversationId: null },
        entries: [entry],
      })
  return placeIn(entries, 'message.sent')
}

async function isSending({ db }: ChannelDeps, identityId: string): Promise<boolean> {
  const { rows } = await sql`
    select from delivery_parts join deliveries using (entry_id)
    where identity_id in (select id from identities where id = ${identityId} or moved_to = ${identityId})
      and deliveries.state = 'waiting' and delivery_parts.state = 'sending' limit 1`.execute(db)
  return rows.length > 0
}
