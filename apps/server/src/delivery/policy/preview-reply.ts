import { type Channel, segmentSizes } from '@qiao/channels'
import { filesOf, type MessageContent, type ReplyPreview } from '@qiao/protocol'
import type { AttachmentRow } from '#attachments'
import { readItem } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { linksLastMs, providerIdOf } from '../outbound/render-message.ts'
import { accountIn } from '../threads/account-in.ts'
import { latestSaid } from '../threads/latest-said.ts'
import { readLedger } from './ledger.ts'
import { allowanceFor, permissionOf, tooMany } from './permission.ts'
import { readPlace } from './place.ts'
import { type Ahead, renderAhead } from './render-ahead.ts'
import { sentKind } from './sent-kind.ts'
import { withWaiting } from './waiting.ts'
import { readWay } from './ways.ts'

interface Wanted {
  contents: readonly MessageContent[]
  replyToId?: string | undefined
  viaIdentityId?: string | undefined
}

/** What would go out if it were sent now: rendered as for sending, and kept nowhere. */
export async function readPreview(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  id: string,
  { contents, replyToId, viaIdentityId }: Wanted,
): Promise<ReplyPreview> {
  const { conversation } = await readItem(deps.db, agent, id)
  const way = viaIdentityId === undefined ? null : await readWay(deps, agent, id, viaIdentityId)
  const other = way && !way.own ? way : null
  const place = other ? { ...other, identityId: other.ledgerId } : await readPlace(deps.db, id)
  const given = place && (await openAccount(deps, place.inboxId))
  if (!given) return asWritten(contents)
  const account = accountIn(given, place.threadKind, place.address)
  const files = await ownFiles(deps, agent, contents)
  const named = replyToId === undefined ? null : await providerIdOf(deps, place.identityId, replyToId)
  // As when it is sent: what is said under a post answers somebody there.
  const replyTo = named ?? (place.threadKind === 'public' ? await latestSaid(deps.db, place.identityId) : null)
  const kinds = await Promise.all(contents.map((content) => sentKind(deps.db, account.inbox.id, content)))
  const ledger = await readLedger(deps.db, place.identityId)
  const counted = await withWaiting(deps.db, account.capabilities, place.identityId, ledger)
  const permission = permissionOf(account.capabilities, counted, deps.clock.now())
  const rendered = contents.map((content, at) => {
    const allowance = allowanceFor(permission, kinds[at] ?? 'free', true)
    const ahead = renderAhead(account, content, {
      to: place.address,
      window: allowance === 'human-agent' ? 'human-agent' : 'open',
      files,
      linkOf: (file) => deps.url + deps.attachments.linkFor(file, linksLastMs),
      ...(conversation.language ? { language: conversation.language } : {}),
      ...(place.thread === null ? {} : { thread: place.thread }),
      ...(replyTo !== null && (named === null || at === contents.length - 1) ? { replyTo } : {}),
    })
    return { ahead, refused: typeof allowance === 'object' ? allowance.refused : null, allowance }
  })
  const refused = rendered.find((one) => one.refused !== null)?.refused
  const parts = rendered.flatMap(({ ahead, allowance }) =>
    ahead.kind === 'parts' && allowance === 'open' ? ahead.parts : [],
  )
  return {
    messages: rendered.map(({ ahead }) => shown(account, ahead)),
    sms: smsOf(
      account.channel,
      rendered.map(({ ahead }) => ahead),
    ),
    problem: refused ? { code: refused } : tooMany(permission, 'open', parts.length),
  }
}

const asWritten = (contents: readonly MessageContent[]): ReplyPreview => ({
  messages: contents.map((content) => ({
    parts: [{ text: content.type === 'text' ? content.text : '', segments: null }],
    degraded: [],
    problem: null,
  })),
  sms: null,
  problem: null,
})

/** Links to files are shown: only to whoever has brought them here. */
export async function ownFiles(
  { attachments }: Pick<ChannelDeps, 'attachments'>,
  { agentId }: AgentPrincipal,
  contents: readonly MessageContent[],
): Promise<AttachmentRow[]> {
  const ids = [...new Set(contents.flatMap((content) => filesOf(content).map(({ id }) => id)))]
  const files = await attachments.find(ids)
  const mine = files.filter(({ uploader }) => 'agentId' in uploader && uploader.agentId === agentId)
  if (mine.length < ids.length) throw new AppError('attachment-not-found')
  return mine
}

function shown({ channel }: Account, ahead: Ahead): ReplyPreview['messages'][number] {
  if (ahead.kind === 'impossible') return { parts: [], degraded: [], problem: ahead.problem }
  const parts = ahead.parts.map((part) => ({
    text: channel.wordsIn(part),
    segments: channel.segmentsIn?.(part).count ?? null,
  }))
  return { parts, degraded: [...ahead.degraded], problem: null }
}

const sum = (parts: readonly { count: number }[]): number => parts.reduce((total, { count }) => total + count, 0)

export function smsOf(channel: Channel, messages: readonly Ahead[]): ReplyPreview['sms'] {
  const counted = messages.map((ahead) =>
    ahead.kind === 'parts' ? ahead.parts.flatMap((part) => channel.segmentsIn?.(part) ?? []) : [],
  )
  const all = counted.flat()
  if (all.length === 0) return null
  const encoding = all.some((each) => each.encoding === 'ucs-2') ? 'ucs-2' : 'gsm-7'
  // Those of a longer text lose room to the header that joins them.
  const isJoined = counted.some((parts) => sum(parts) > 1)
  return { encoding, segments: sum(all), perSegment: segmentSizes[encoding][isJoined ? 'joined' : 'single'] }
}
