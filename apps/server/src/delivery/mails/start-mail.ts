import {
  type answerKinds,
  type Conversation,
  type Mailbox,
  mailbox,
  type MailFile,
  type MessageEntry,
  type OutputOf,
  type readMailStart,
} from '@qiao/protocol'
import { sql } from 'kysely'
import { z } from 'zod'
import { readOrganisation, readPublicAgents } from '#access'
import { readItem, readMessage, readOrigin } from '#conversations'
import { type QuotedMessage, quoteMessage, signatureOf } from '#mails'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { letterWay } from '../policy/letter-way.ts'
import { readWay } from '../policy/ways.ts'
import { isAmong, ownAddresses } from './letter-addresses.ts'
import { quotable } from './mail-access.ts'
import { bareSubject } from './subject.ts'

type Start = OutputOf<typeof readMailStart>
type Kind = (typeof answerKinds)[number]

interface Asked {
  id: string
  entryId?: string | undefined
  kind: Kind
  viaIdentityId?: string | undefined
}

/** Who a letter would go to, what it would be called and what would stand below it. */
export async function startMail(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  { id, entryId, kind, viaIdentityId }: Asked,
): Promise<Start> {
  const { conversation, contact } = await readItem(deps.db, agent, id)
  const via = viaIdentityId ?? (await letterWay(deps, agent, id, { type: 'mail' }, entryId))?.identityId
  const { account, address } = await mailWay(deps, agent, conversation, via)
  const signatureHtml = await signatureOf(deps.db, account.inbox.id, agent.agentId)
  const subject = bareSubject(conversation.subject ?? '')
  const [writer] = await readPublicAgents(deps.db, [agent.agentId])
  const from = {
    inboxId: account.inbox.id,
    fill: { agent: writer?.name ?? '', customer: contact.name ?? '', number: String(conversation.number) },
  }
  const customer = address === null ? await customerOf(deps, id) : [{ name: '', address }]
  if (entryId === undefined)
    return {
      to: customer,
      cc: [],
      subject,
      quotedHtml: null,
      quotedPictures: [],
      signatureHtml,
      attachments: [],
      ...from,
    }
  const message = (await readMessage(deps.db, id, entryId)) ?? (await readOrigin(deps.db, id))
  if (message?.id !== entryId) throw new AppError('not-found')
  const quoted = await quotable(deps, message)
  if (kind === 'reply-original') {
    const original = originalOf(account, message)
    const about = bareSubject(original.subject ?? quoted.subject) || subject
    return {
      to: original.to,
      cc: [],
      subject: about,
      quotedHtml: null,
      quotedPictures: [],
      signatureHtml,
      attachments: [],
      ...from,
    }
  }
  const { timeZone } = await readOrganisation(deps.db)
  const language = conversation.language ?? account.inbox.settings.defaultLocale
  const as = kind === 'forward' ? 'forward' : 'reply'
  const quote = quoteMessage(quoted, { as, language, timeZone })
  return {
    ...recipients(account, message, isElsewhere(message) ? { ...quoted, from: nobody } : quoted, customer, kind),
    subject: subjectFor(bareSubject(quoted.subject) || subject, kind, language),
    quotedHtml: quote.html,
    quotedPictures: [...quote.pictures],
    signatureHtml,
    attachments: kind === 'forward' ? filesIn(message) : [],
    ...from,
  }
}

/** By which way a letter goes: the named one, or the conversation's own. */
async function mailWay(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  { id, inboxId }: Conversation,
  viaIdentityId: string | undefined,
): Promise<{ account: Account; address: string | null }> {
  const named = viaIdentityId === undefined ? null : await readWay(deps, agent, id, viaIdentityId)
  const own = named && !named.own ? null : await openAccount(deps, inboxId)
  if (own?.capabilities.letters) return { account: own, address: null }
  const other = named && !named.own ? await openAccount(deps, named.inboxId) : null
  if (named && other?.capabilities.letters) return { account: other, address: named.address }
  throw new AppError('content-not-sendable', { detail: 'Nobody writes letters in this conversation' })
}

/** Where somebody is who writes in another way says nothing of where their letters go. */
const isElsewhere = ({ body: { content } }: MessageEntry): boolean => content.type === 'left-message'
const nobody: Mailbox = { name: '', address: '' }

/** The number and what says that it is an answer are added when it goes out. */
function subjectFor(subject: string, kind: Kind, language: string): string {
  if (kind !== 'forward') return subject
  return language.startsWith('zh') ? `转发：${subject}` : `Fwd: ${subject}`
}

function recipients(
  account: Account,
  message: MessageEntry,
  quoted: QuotedMessage,
  customer: Mailbox[],
  kind: Kind,
): Pick<Start, 'to' | 'cc'> {
  if (kind === 'forward') return { to: [], cc: [] }
  const { content } = message.body
  const mail = content.type === 'mail' ? content : null
  const isOurs = message.kind === 'message.sent'
  const writer = isOurs
    ? (mail?.to ?? customer)
    : (answersTo(message) ?? (quoted.from.address === '' ? customer : [quoted.from]))
  const own = ownAddresses(account)
  const taken = new Set<string>()
  const others = (list: readonly Mailbox[]): Mailbox[] =>
    list.filter(({ address }) => {
      const name = address.toLowerCase()
      if (name === '' || isAmong(own, name) || taken.has(name)) return false
      taken.add(name)
      return true
    })
  const to = others(writer)
  if (kind === 'reply' || !mail) return { to: to.length > 0 ? to : customer, cc: [] }
  const all = [...to, ...others(mail.to)]
  return { to: all.length > 0 ? all : customer, cc: others(mail.cc) }
}

/** Nothing is quoted: between what they wrote and us stand words that were not meant for them. */
function originalOf(account: Account, { body: { content } }: MessageEntry): { to: Mailbox[]; subject: string | null } {
  const forwarded = content.type === 'mail' ? content.forwarded : undefined
  const address = forwarded?.from && account.channel.address(forwarded.from.address)
  if (!forwarded?.from || !address)
    throw new AppError('invalid-input', { detail: 'It was not passed on from anybody who could be answered' })
  const isOurs = isAmong(ownAddresses(account), address)
  return { to: isOurs ? [] : [{ ...forwarded.from, address }], subject: forwarded.subject }
}

const wanted = z.object({ replyTo: z.array(mailbox).min(1) })

/** Where its writer wants the answer, if that is elsewhere than where it came from. */
function answersTo(message: MessageEntry): Mailbox[] | null {
  const asked = message.kind === 'message.received' ? wanted.safeParse(message.body.extra) : null
  return asked?.success ? asked.data.replyTo : null
}

function filesIn({ body: { content } }: MessageEntry): MailFile[] {
  if (content.type === 'mail') return content.attachments
  return 'attachment' in content ? [{ ...content.attachment, kind: content.type }] : []
}

async function customerOf({ db }: ChannelDeps, conversationId: string): Promise<Mailbox[]> {
  const { rows } = await sql<{ name: string | null; address: string }>`
    select contacts.name, coalesce(identity.peer_address, identity.address) as address from conversations
    join identities as first on first.id = identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    join contacts on contacts.id = conversations.contact_id where conversations.id = ${conversationId}`.execute(db)
  return rows.map(({ name, address }) => ({ name: name ?? '', address }))
}
