import { createHash } from 'node:crypto'
import type { EventOf } from '@qiao/channels'
import { sql } from 'kysely'
import { receiveMessage } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { acknowledge } from '../mails/acknowledge.ts'
import { appointmentIn, rememberAppointment } from '../mails/appointments.ts'
import { isAmong, ownAddresses } from '../mails/letter-addresses.ts'
import { addPeople } from '../mails/people.ts'
import { settleAnswered } from '../mails/settle-answered.ts'
import { liftUnreachable } from '../mails/unreachable.ts'
import { type Belonging, whereBelongs } from '../mails/where-belongs.ts'
import { hintPolicy } from '../policy/note-acts.ts'
import { keyFrom } from './entry-key.ts'
import { type EntryPlace, placeIn } from './entry-place.ts'
import type { Applying } from './note-entry.ts'
import { receiveContent } from './receive-content.ts'
import type { KnownPeer } from './resolve-peer.ts'

const mostCopies = 100

/** A letter: it says itself what it answers, and others may take part. */
export async function applyLetter(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  peer: KnownPeer,
  { last, named }: Applying,
): Promise<void> {
  const { identityId } = peer
  const clientKey = keyFrom('message', identityId, event.id, digestOf(event))
  const stored =
    (await findStored(deps, identityId, clientKey)) ?? (await receive(deps, account, event, peer, { clientKey, last }))
  named.push({ ...stored, identityId, messageId: event.id, ours: false })
  await settleAnswered(deps, account.inbox.id, event.answers ?? [])
  const uid = appointmentIn(event)
  if (uid !== null) await rememberAppointment(deps.pool, { ...stored, inboxId: account.inbox.id }, uid)
  const own = ownAddresses(account)
  const copies = (event.copies ?? []).filter(({ address }) => !isAmong(own, address)).slice(0, mostCopies)
  await addPeople(
    deps.pool,
    stored.conversationId,
    copies.map(({ address }) => ({ address, how: 'copied' as const })),
    deps.clock.now(),
  )
  await acknowledge(deps, account, event, stored)
}

/** There are programs that name all their letters alike: what they say tells them apart, however they came. */
function digestOf({ content }: EventOf<'message'>): string {
  if (content.type !== 'mail') return ''
  const { subject, whole, files } = content
  const said = [subject, whole.replaceAll(/\s+/g, ''), files.map(({ name, bytes }) => [name ?? '', bytes ?? 0])]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url')
}

async function receive(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  peer: KnownPeer,
  { clientKey, last }: { clientKey: string; last: boolean },
): Promise<EntryPlace> {
  const { identityId, contact } = peer
  const { inbox } = account
  const belongs = await whereBelongs(deps, account, event, peer)
  if (belongs) await join(deps, belongs.conversationId, belongs, event, peer)
  const said = { contactId: contact.id, key: `${identityId} ${event.id} ${digestOf(event)}`, last }
  const { entries } = await receiveMessage(deps, {
    inboxId: inbox.id,
    contactId: contact.id,
    identityId,
    conversationId: belongs?.conversationId ?? null,
    joined: belongs !== null,
    apart: belongs?.apart ?? false,
    clientKey,
    reopenWithinMinutes: inbox.settings.reopenWithinMinutes,
    content: await receiveContent(deps, account, event.content, said),
    replyToId: belongs ? await answeredIn(deps, belongs.conversationId, event) : undefined,
    language: contact.language,
    facts: {
      ...(event.extra === undefined ? {} : { extra: event.extra }),
      ...(belongs?.elsewhere ? { via: { identityId, inboxId: inbox.id } } : {}),
    },
  })
  if (isFromThere(event) && (await liftUnreachable(deps.db, inbox.id, event.from.address)))
    await hintPolicy(deps, identityId)
  const place = placeIn(entries, 'message.received')
  const { conversationId } = place
  // What is over goes on in a conversation that does not know them yet, unless it is their own.
  if (belongs && !belongs.apart && conversationId !== belongs.conversationId)
    await join(deps, conversationId, belongs, event, peer)
  return place
}

/** By the address itself, and not only in its name. */
const isFromThere = ({ from, content }: EventOf<'message'>): boolean =>
  content.type === 'mail' && content.trust !== 'failed' && content.from?.address.toLowerCase() === from.address

/** Before the letter is there: whoever looks for it a second time finds it where they take part. */
async function join(
  { pool, clock }: ChannelDeps,
  conversationId: string,
  { own }: Belonging,
  { from }: EventOf<'message'>,
  { identityId }: KnownPeer,
): Promise<void> {
  if (!own) await addPeople(pool, conversationId, [{ address: from.address, identityId, how: 'wrote' }], clock.now())
}

const storedText = `
with theirs as (
  select id from conversations where identity_id = $1
  union select conversation_id from continued_conversations where identity_id = $1
  union select conversation_id from conversation_people where identity_id = $1)
select found.* from theirs cross join lateral (
  select conversation_id, id, public_seq from entries
  where conversation_id = theirs.id and client_key = $2 and kind = 'message.received' limit 1) as found
limit 1`

async function findStored({ pool }: ChannelDeps, identityId: string, clientKey: string): Promise<EntryPlace | null> {
  const { rows } = await pool.query<{ conversation_id: string; id: string; public_seq: number }>({
    name: 'letter-stored',
    text: storedText,
    values: [identityId, clientKey],
  })
  const [row] = rows
  return row ? { conversationId: row.conversation_id, entryId: row.id, publicSeq: row.public_seq } : null
}

/** The nearest message of the conversation that it names. */
async function answeredIn(
  { db }: ChannelDeps,
  conversationId: string,
  { answers = [] }: EventOf<'message'>,
): Promise<string | undefined> {
  if (answers.length === 0) return undefined
  const { rows } = await sql<{ entry_id: string }>`
    select entry_id from channel_messages
    where conversation_id = ${conversationId} and message_id = any(${[...answers]}::text[])
    order by array_position(${[...answers]}::text[], message_id) limit 1`.execute(db)
  return rows[0]?.entry_id
}
