import { consentOf, type EventOf } from '@qiao/channels'
import { type Conversation, type Entry, type EntryBody, type MessageContent } from '@qiao/protocol'
import { sql } from 'kysely'
import { receiveMessage, startConversation } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { settleByKey } from '../outbound/settle-by-key.ts'
import { noteAct, noteConsent } from '../policy/note-acts.ts'
import { tellArrivals } from './arrivals.ts'
import { keyFrom } from './entry-key.ts'
import { LaterError } from './later-error.ts'
import { type Applying, note } from './note-entry.ts'
import { findMessage, latestConversation, rememberMessage } from './provider-messages.ts'
import { receiveContent } from './receive-content.ts'
import type { KnownPeer } from './resolve-peer.ts'

export async function applyMessage(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'message'>,
  peer: KnownPeer,
  applying: Applying,
): Promise<void> {
  const { identityId, contact } = peer
  // Before anything else: the customer did write, whatever becomes of the words.
  await noteAct(deps, account, identityId, 'message', event.at)
  const clientKey = keyFrom('message', identityId, event.id)
  if (!(await findEntry(deps, identityId, clientKey))) {
    const conversationId = await latestConversation(deps.db, identityId)
    const said = { contactId: contact.id, key: `${identityId} ${event.id}`, last: applying.last }
    const content = await receiveContent(deps, account, event.content, said)
    const replied = event.replyTo === undefined ? null : await findMessage(deps.db, identityId, event.replyTo)
    await receiveMessage(deps, {
      inboxId: account.inbox.id,
      contactId: contact.id,
      identityId,
      conversationId,
      clientKey,
      reopenWithinMinutes: account.inbox.settings.reopenWithinMinutes,
      content: await withChoice(deps, conversationId, content, event.choice),
      replyToId: replied && replied.conversationId === conversationId ? replied.entryId : undefined,
      language: contact.language,
      facts: { ...factsOf(event), ...(await viaOf(deps, account, identityId, conversationId)) },
    })
  }
  const stored = await findEntry(deps, identityId, clientKey)
  if (stored) await rememberMessage(deps.pool, { ...stored, identityId, messageId: event.id, ours: false })
  await tellArrivals(deps, peer)
  await noteStopWord(deps, account, event, peer, applying)
}

/** In a conversation that began elsewhere a message says by which way it came. */
async function viaOf(
  { db }: ChannelDeps,
  { inbox }: Account,
  identityId: string,
  conversationId: string | null,
): Promise<Pick<EntryBody<'message.received'>, 'via'>> {
  if (conversationId === null) return {}
  const row = await db
    .selectFrom('conversations')
    .select('identity_id')
    .where('id', '=', conversationId)
    .executeTakeFirst()
  return row && row.identity_id !== identityId ? { via: { identityId, inboxId: inbox.id } } : {}
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
  { capabilities }: Account,
  { content }: EventOf<'message'>,
  peer: KnownPeer,
  applying: Applying,
): Promise<void> {
  const wanted = content.type === 'text' ? consentOf(content.text, capabilities) : null
  if (wanted === null) return
  await noteConsent(deps, peer.identityId, wanted)
  await note(
    deps,
    peer,
    { ...applying, key: `${applying.key}:consent` },
    { kind: 'contact.consented', body: { wanted } },
  )
}

interface EntryPlace {
  conversationId: string
  entryId: string
  publicSeq: number
}

/** What this message was stored as, in whichever conversation of the customer it landed. */
async function findEntry({ db }: ChannelDeps, identityId: string, clientKey: string): Promise<EntryPlace | null> {
  const { rows } = await sql<{ conversation_id: string; id: string; public_seq: number }>`
    select entries.conversation_id, entries.id, entries.public_seq from (
      select id from conversations where identity_id = ${identityId}
      union all select conversation_id from continued_conversations where identity_id = ${identityId}) as theirs
    join entries on entries.conversation_id = theirs.id and entries.client_key = ${clientKey}
    where entries.kind in ('message.received', 'message.sent') limit 1`.execute(db)
  const [row] = rows
  return row ? { conversationId: row.conversation_id, entryId: row.id, publicSeq: row.public_seq } : null
}

/** Which menu was answered: the newest one that has the option. */
async function withChoice(
  { db }: ChannelDeps,
  conversationId: string | null,
  content: MessageContent,
  optionId: string | undefined,
): Promise<MessageContent> {
  if (optionId === undefined || content.type !== 'text' || conversationId === null) return content
  const { rows } = await sql<{ id: string }>`
    select id from entries where conversation_id = ${conversationId} and kind = 'message.sent'
      and body -> 'content' ->> 'type' = 'menu'
      and body -> 'content' -> 'options' @> ${JSON.stringify([{ id: optionId }])}::jsonb
    order by seq desc limit 1`.execute(db)
  const [menu] = rows
  return menu ? { ...content, choice: { menuEntryId: menu.id, optionId: optionId.slice(0, 64) } } : content
}

/** Written by a colleague in the provider's own app: part of the conversation, and not to be sent again. */
export async function applyEcho(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'echo'>,
  peer: KnownPeer,
  { last }: Applying,
): Promise<void> {
  const { identityId, contact } = peer
  if (event.key !== undefined && (await settleByKey(deps, account, event.key, event.id))) return
  if (event.ours || (await findMessage(deps.db, identityId, event.id))) return
  // Ours may come back before the answer to our request does.
  if (!last && (await isSending(deps, identityId)))
    throw new LaterError({ code: 'provider-failed', detail: 'sending' }, 2_000)
  const clientKey = keyFrom('echo', identityId, event.id)
  if (!(await findEntry(deps, identityId, clientKey))) {
    const said = { contactId: contact.id, key: `${identityId} ${event.id}`, last }
    const content = await receiveContent(deps, account, event.content, said)
    await appendElsewhere(deps, account, peer, clientKey, content)
  }
  const stored = await findEntry(deps, identityId, clientKey)
  if (stored) await rememberMessage(deps.pool, { ...stored, identityId, messageId: event.id, ours: true })
}

async function appendElsewhere(
  deps: ChannelDeps,
  { inbox }: Account,
  { identityId, contact }: KnownPeer,
  clientKey: string,
  content: MessageContent,
): Promise<{ conversation: Conversation; entries: Entry[] }> {
  const author = { type: 'system' } as const
  const entry = { kind: 'message.sent', body: { content, elsewhere: true } } as const
  const conversationId = await latestConversation(deps.db, identityId)
  if (conversationId) return deps.appender.append({ conversationId, clientKey, author, decide: () => [entry] })
  return startConversation(deps, {
    inboxId: inbox.id,
    contactId: contact.id,
    identityId,
    author,
    clientKey,
    // By an agent, though not here: nobody waits for an answer.
    started: { via: 'agent', previousConversationId: null },
    entries: [entry],
  })
}

async function isSending({ db }: ChannelDeps, identityId: string): Promise<boolean> {
  const { rows } = await sql`
    select from delivery_parts join deliveries using (entry_id)
    where identity_id in (select id from identities where id = ${identityId} or moved_to = ${identityId})
      and deliveries.state = 'waiting' and delivery_parts.state = 'sending' limit 1`.execute(db)
  return rows.length > 0
}
