import type { Problem } from '@qiao/channels'
import { contentToText, type ErrorCode, filesOf, type MessageContent } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Outlet } from '#conversations'
import { AppError } from '#platform/errors'
import { fillForSending, findTemplate } from '#templates'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { addressed, recipientsOf } from '../mails/letter-addresses.ts'
import { sampleLetter } from '../mails/outgoing-letter.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { expectedMedia } from '../outbound/fit-media.ts'
import { createInboxChannels, ownChannel } from '../outbound/inbox-channels.ts'
import { readLedger } from './ledger.ts'
import { letterWay } from './letter-way.ts'
import { allowanceFor, permissionOf } from './permission.ts'
import { readWay } from './ways.ts'

interface Place {
  inboxId: string
  identityId: string
  address: string
}

const mostKnown = 20_000

/** The way out of conversations that are on a channel; those of web chat pass by, after one look at each. */
export function createOutlet(deps: ChannelDeps): Outlet {
  const channels = createInboxChannels()
  /** Conversations of web chat: they stay what they are. */
  const own = new Set<string>()

  async function placeOf(conversationId: string): Promise<Place | null> {
    if (own.has(conversationId)) return null
    const { rows } = await sql<{ inbox_id: string; identity_id: string; address: string }>`
      select conversation.inbox_id, identity.id as identity_id, coalesce(identity.peer_address, identity.address) as address
      from conversations as conversation
      join identities as first on first.id = conversation.identity_id
      join identities as identity on identity.id = coalesce(first.moved_to, first.id)
      where conversation.id = ${conversationId}`.execute(deps.db)
    const [row] = rows
    if (!row) return null
    if ((await channels.of(deps.pool, row.inbox_id)) !== ownChannel) {
      return { inboxId: row.inbox_id, identityId: row.identity_id, address: row.address }
    }
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
      return mustAllow(deps, account, place, content, by === 'agent')
    },
    async mayReplyVia(agent, conversationId, identityId, content) {
      const way = await readWay(deps, agent, conversationId, identityId)
      if (way.own) return { ...way, content }
      const account = await openAccount(deps, way.inboxId)
      if (!account) throw new AppError('content-not-sendable', { detail: 'The channel is not configured' })
      return { ...way, content: await mustAllow(deps, account, way, content, true) }
    },
    async letterWay(agent, conversationId, content, replyToId) {
      return (await letterWay(deps, agent, conversationId, content, replyToId))?.identityId
    },
    async mayRevise(conversationId, targetId, change) {
      const place = await placeOf(conversationId)
      if (!place) return
      const account = await openAccount(deps, place.inboxId)
      const { edits, recalls } = account?.capabilities ?? { edits: { out: false }, recalls: { out: false } }
      if (account?.channel.revise && (change === 'edit' ? edits.out : recalls.out)) return
      if (change === 'recall' && (await isStillHere(deps, targetId))) return
      throw new AppError('message-not-editable', {
        detail: 'The customer has it already, and the channel changes nothing',
      })
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
    comesBack: async (inboxId) => (await channels.of(deps.pool, inboxId)) !== ownChannel,
    async mayStart(inboxId, address, content) {
      if ((await channels.of(deps.pool, inboxId)) === ownChannel) return onOwnChannel(content)
      const account = await openAccount(deps, inboxId)
      if (!account) throw new AppError('content-not-sendable', { detail: 'The channel is not configured' })
      const { rows } = await sql<{ id: string }>`
        select id from identities where inbox_id = ${inboxId} and address = ${address}`.execute(deps.db)
      const ledger = await readLedger(deps.db, rows[0]?.id ?? '00000000-0000-0000-0000-000000000000')
      const permission = permissionOf(account.capabilities, ledger, deps.clock.now())
      const allowance = allowanceFor(permission, content, true)
      if (typeof allowance === 'object') throw refusal({ code: allowance.refused })
      return asSent(deps, account, address, await asLetter(deps, account, address, content), 'open')
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
  { identityId, address }: Place,
  content: MessageContent,
  byAgent: boolean,
): Promise<MessageContent> {
  const ledger = await readLedger(deps.db, identityId)
  const permission = permissionOf(account.capabilities, ledger, deps.clock.now())
  const allowance = allowanceFor(permission, content, byAgent)
  if (typeof allowance === 'object') throw refusal({ code: allowance.refused })
  const letter = await asLetter(deps, account, address, content)
  return asSent(deps, account, address, letter, allowance === 'human-agent' ? 'human-agent' : 'open')
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

/** Rendering is pure, so it tells before anything is stored whether the channel can carry this at all. */
async function asSent(
  deps: ChannelDeps,
  account: Account,
  to: string,
  given: MessageContent,
  window: 'open' | 'human-agent',
): Promise<MessageContent> {
  const { channel, config, capabilities, inbox } = account
  const content =
    given.type === 'template' && channel.templates
      ? fillForSending(await findTemplate(deps.db, inbox.id, given), given)
      : given
  const ids = filesOf(content).map(({ id }) => id)
  const [file] = await deps.attachments.find(ids)
  const expected = expectedMedia(capabilities, content, file)
  if ('problem' in expected) throw refusal(expected.problem)
  const links = Object.fromEntries(ids.map((id) => [id, 'https://example.com/media/00000000']))
  const letter = capabilities.letters ? { letter: sampleLetter(contentToText(content)) } : {}
  const rendered = channel.render({ to, content: expected.content, window, links, ...letter }, config)
  if (rendered.kind === 'impossible') throw refusal(rendered.problem)
  return content
}

const codes: Partial<Record<Problem['code'], ErrorCode>> = {
  'window-closed': 'reply-window-closed',
  'quota-used': 'reply-quota-used',
  'opted-out': 'customer-opted-out',
  'too-long': 'text-too-long',
  'too-large': 'attachment-too-large',
}

const refusal = ({ code, detail }: Problem): AppError =>
  new AppError(codes[code] ?? 'content-not-sendable', { detail: detail ?? code })
