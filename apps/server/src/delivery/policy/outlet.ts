import type { OutgoingMessage, Permission, Problem } from '@qiao/channels'
import { type ErrorCode, filesOf, type MessageContent } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Outlet } from '#conversations'
import { AppError } from '#platform/errors'
import { fillForSending, findTemplate } from '#templates'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { addressed, recipientsOf } from '../mails/letter-addresses.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { createInboxChannels, ownChannel } from '../outbound/inbox-channels.ts'
import { accountIn } from '../threads/account-in.ts'
import { latestSaid } from '../threads/latest-said.ts'
import { readLedger } from './ledger.ts'
import { letterWay } from './letter-way.ts'
import { type Allowance, allowanceFor, permissionOf, tooMany } from './permission.ts'
import { mayReact } from './may-react.ts'
import { type Place, readPlace } from './place.ts'
import { renderAhead } from './render-ahead.ts'
import { sentKind } from './sent-kind.ts'
import { withWaiting } from './waiting.ts'
import { readWay } from './ways.ts'

const mostKnown = 20_000

/** The way out of conversations that are on a channel; those of web chat pass by, after one look at each. */
export function createOutlet(deps: ChannelDeps): Outlet {
  const channels = createInboxChannels()
  /** Conversations of web chat: they stay what they are. */
  const own = new Set<string>()

  async function placeOf(conversationId: string): Promise<Place | null> {
    if (own.has(conversationId)) return null
    const place = await readPlace(deps.db, conversationId)
    if (!place || (await channels.of(deps.pool, place.inboxId)) !== ownChannel) return place
    if (own.size >= mostKnown) own.clear()
    own.add(conversationId)
    return null
  }

  return {
    async mayReply(conversationId, content, by) {
      const place = await placeOf(conversationId)
      if (!place) return onOwnChannel(content)
      const account = await openAccount(deps, place.inboxId)
      // Nothing is known of what it allows: it waits until somebody has configured the channel.
      if (!account) return content
      return mustAllow(deps, accountIn(account, place.threadKind, place.address), place, content, by === 'agent')
    },
    async mayReplyVia(agent, conversationId, identityId, content) {
      const way = await readWay(deps, agent, conversationId, identityId)
      if (way.own) return { ...way, content }
      const account = await openAccount(deps, way.inboxId)
      if (!account) throw new AppError('content-not-sendable', { detail: 'The channel is not configured' })
      return {
        ...way,
        content: await mustAllow(deps, accountIn(account, way.threadKind, way.address), way, content, true),
      }
    },
    async letterWay(agent, conversationId, content, replyToId) {
      return (await letterWay(deps, agent, conversationId, content, replyToId))?.identityId
    },
    async mayRevise(conversationId, targetId, change) {
      const place = await placeOf(conversationId)
      if (!place) return
      const account = await openAccount(deps, place.inboxId)
      const { edits, recalls } = (account && accountIn(account, place.threadKind, place.address).capabilities) ?? {
        edits: { out: false },
        recalls: { out: false },
      }
      if (account?.channel.revise && (change === 'edit' ? edits.out : recalls.out)) return
      if (change === 'recall' && (await isStillHere(deps, targetId))) return
      throw new AppError('message-not-editable', {
        detail: 'The customer has it already, and the channel changes nothing',
      })
    },
    async mayReact(conversationId, targetId, emoji) {
      await mayReact(deps, targetId, emoji, (await placeOf(conversationId)) === null)
    },
    async addressFor(inboxId, contact) {
      if ((await channels.of(deps.pool, inboxId)) === ownChannel) return null
      const account = await openAccount(deps, inboxId)
      const address = [contact.phone, contact.email]
        .map((text) => (text === null ? null : (account?.channel.address(text) ?? null)))
        .find((known) => known !== null)
      if (!address) throw new AppError('content-not-sendable', { detail: 'The contact has no address on this channel' })
      return address
    },
    async firstAddress(inboxId, typed) {
      const account = await openAccount(deps, inboxId)
      return account?.capabilities.writesFirst ? account.channel.address(typed) : null
    },
    comesBack: async (inboxId) => (await channels.of(deps.pool, inboxId)) !== ownChannel,
    async mayStart(inboxId, address, content) {
      if ((await channels.of(deps.pool, inboxId)) === ownChannel) return onOwnChannel(content)
      const account = await openAccount(deps, inboxId)
      if (!account) throw new AppError('content-not-sendable', { detail: 'The channel is not configured' })
      const { rows } = await sql<{ id: string }>`
        select id from identities where inbox_id = ${inboxId} and address = ${address}`.execute(deps.db)
      const ledger = await readLedger(deps.db, rows[0]?.id ?? '00000000-0000-0000-0000-000000000000')
      const permission = permissionOf(account.capabilities, ledger, deps.clock.now())
      const kind = await sentKind(deps.db, inboxId, content)
      const allowance = allowanceFor(permission, kind, true)
      if (typeof allowance === 'object') throw refusal({ code: allowance.refused })
      const letter = await asLetter(deps, account, address, content)
      // Who is written to first has no older window, of people's answers or of any.
      return asSent(deps, account, { to: address }, letter, { permission, allowance, window: 'open' })
    },
    async recipientOf(inboxId, content) {
      const account = await openAccount(deps, inboxId)
      return account?.capabilities.letters ? (addressed(account, content).to[0]?.address ?? null) : null
    },
  }
}

async function mustAllow(
  deps: ChannelDeps,
  account: Account,
  { identityId, address, thread, threadKind }: Omit<Place, 'inboxId'>,
  content: MessageContent,
  byAgent: boolean,
): Promise<MessageContent> {
  const ledger = await readLedger(deps.db, identityId)
  const counted = await withWaiting(deps.db, account.capabilities, identityId, ledger)
  const permission = permissionOf(account.capabilities, counted, deps.clock.now())
  const kind = await sentKind(deps.db, account.inbox.id, content)
  const allowance = allowanceFor(permission, kind, byAgent)
  if (typeof allowance === 'object') throw refusal({ code: allowance.refused })
  const letter = await asLetter(deps, account, address, content)
  const said = threadKind === 'public' ? await latestSaid(deps.db, identityId) : null
  const place = { to: address, ...(thread === null ? {} : { thread }), ...(said === null ? {} : { replyTo: said }) }
  const window = allowance === 'human-agent' ? 'human-agent' : 'open'
  return asSent(deps, account, place, letter, { permission, allowance, window })
}

/** Letters are for inboxes in which people write them; nothing goes to an address that is known not to work. */
async function asLetter(
  deps: ChannelDeps,
  account: Account,
  to: string,
  content: MessageContent,
): Promise<MessageContent> {
  const { inbox, capabilities } = account
  if (content.type === 'mail' && !capabilities.letters) throw noLetters()
  const given = content.type === 'mail' ? addressed(account, content) : content
  const [dead] = await findUnreachable(deps.db, inbox.id, given.type === 'mail' ? recipientsOf(given) : [to])
  if (dead) throw new AppError('recipient-unreachable', { detail: dead.address })
  return given
}

const noLetters = (): AppError =>
  new AppError('content-not-sendable', { detail: 'Nobody writes letters in this conversation' })

/** Nothing of it has left: it can be taken back on every channel. */
async function isStillHere({ db }: ChannelDeps, entryId: string): Promise<boolean> {
  const { rows } = await sql`
    select from deliveries where entry_id = ${entryId} and state in ('waiting', 'failed') and not exists (
      select from delivery_parts as part where part.entry_id = ${entryId} and part.state not in ('waiting', 'failed'))`.execute(
    db,
  )
  return rows.length > 0
}

/** Web chat needs no templates, and knows none. */
function onOwnChannel(content: MessageContent): MessageContent {
  if (content.type === 'mail') throw noLetters()
  if (content.type !== 'template') return content
  throw new AppError('content-not-sendable', { detail: 'Web chat has no templates' })
}

/** Media is fetched by an address of this length. */
const sampleLink = 'https://example.com/media/00000000'

interface Allowed {
  permission: Permission
  allowance: Allowance
  window: 'open' | 'human-agent'
}

/** It is told before anything is stored whether the channel can carry this, and all of it. */
async function asSent(
  deps: ChannelDeps,
  account: Account,
  place: Pick<OutgoingMessage, 'to' | 'thread' | 'replyTo'>,
  given: MessageContent,
  { permission, allowance, window }: Allowed,
): Promise<MessageContent> {
  const content =
    given.type === 'template' && account.channel.templates
      ? fillForSending(await findTemplate(deps.db, account.inbox.id, given), given)
      : given
  const files = await deps.attachments.find(filesOf(content).map(({ id }) => id))
  const ahead = renderAhead(account, content, { ...place, window, files, linkOf: () => sampleLink })
  if (ahead.kind === 'impossible') throw refusal(ahead.problem)
  const problem = tooMany(permission, allowance, ahead.parts.length)
  if (problem) throw refusal(problem)
  return content
}

const codes: Partial<Record<Problem['code'], ErrorCode>> = {
  'window-closed': 'reply-window-closed',
  'quota-used': 'reply-quota-used',
  'answer-waits': 'reply-waits-already',
  'only-templates': 'reply-only-templates',
  'held-elsewhere': 'reply-held-elsewhere',
  'opted-out': 'customer-opted-out',
  'notice-unwanted': 'promotion-unwanted',
  'too-long': 'text-too-long',
  'too-large': 'attachment-too-large',
}

const refusal = ({ code, detail }: Problem): AppError =>
  new AppError(codes[code] ?? 'content-not-sendable', { detail: detail ?? code })
