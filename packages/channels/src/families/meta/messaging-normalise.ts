import type { ChannelEvent, Peer } from '../../events.ts'
import { isObject, type Json } from '../../json.ts'
import { textOf, timeOf } from './content.ts'
import { mentionEvent } from './mention.ts'
import { contentsOf } from './messaging-content.ts'
import * as payload from './messaging-payload.ts'

export interface MessagingAccount {
  accountId: string
  appId: string
}

export function normaliseMessaging(data: Json, account: MessagingAccount): ChannelEvent[] {
  if (!isObject(data)) return [unknown('No object', 0)]
  if (typeof data.account === 'string' && data.account !== account.accountId) {
    return [{ kind: 'nothing', why: 'For another account of the same app' }]
  }
  if ('standby' in data) return [standbyEvent(data.standby, account)]
  if ('change' in data) return [changeEvent(data, Number(data.time) || 0, account)]
  if ('entry' in data) {
    const fields = isObject(data.entry) ? Object.keys(data.entry).join(', ') : ''
    return [unknown(`Entry with ${fields || 'nothing'}`, Number(data.time) || 0)]
  }
  const item = payload.item.safeParse(data.item).data
  return item && isObject(data.item) ? eventsOf(item, data.item, account) : [unknown('Event of no documented shape', 0)]
}

export const unknown = (summary: string, ms: number, from?: Peer): ChannelEvent => ({
  kind: 'unknown',
  at: timeOf(ms),
  summary: summary.slice(0, 500),
  ...(from ? { from } : {}),
})

/**
 * Said while another app holds the conversation. It is no conversation here, since Meta refuses answers to it until that app
 * passes it on; what customers say is kept for administrators instead of being lost.
 */
function standbyEvent(data: unknown, account: MessagingAccount): ChannelEvent {
  const item = payload.item.safeParse(data).data
  const isSaid = isObject(data) && ('message' in data || 'postback' in data)
  if (!item || !isSaid || item.sender.id === account.accountId) {
    return { kind: 'nothing', why: 'Another app holds this conversation' }
  }
  const from = { address: item.sender.id }
  return unknown('Another app holds this conversation, so that it cannot be answered here', item.timestamp, from)
}

/** Where only the name is given. */
const faces: Readonly<Record<string, string>> = {
  love: '❤️',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
  dislike: '👎',
}
const handovers = ['pass_thread_control', 'take_thread_control', 'request_thread_control', 'app_roles']
type Reader = (item: payload.Item, value: unknown, from: Peer, account: MessagingAccount) => ChannelEvent[] | null

function eventsOf(item: payload.Item, whole: Record<string, unknown>, account: MessagingAccount): ChannelEvent[] {
  const isOurs = item.sender.id === account.accountId
  const from = { address: isOurs ? item.recipient.id : item.sender.id }
  for (const [field, read] of Object.entries(readers)) {
    if (whole[field] === undefined) continue
    return read(item, whole[field], from, account) ?? [unknown(`${field} of no documented shape`, item.timestamp, from)]
  }
  const handover = handovers.find((field) => field in whole)
  if (handover) return [{ kind: 'nothing', why: `Conversation routing: ${handover}` }]
  return [unknown(`Event with ${Object.keys(whole).join(', ')}`, item.timestamp, from)]
}

/** The first field that an event has says what it is. */
const readers: Readonly<Record<string, Reader>> = {
  message(item, value, from, account) {
    const message = payload.message.safeParse(value).data
    if (!message) return null
    const base = { at: timeOf(item.timestamp), from }
    if (message.is_deleted) return [{ kind: 'recalled', ...base, messageId: message.mid }]
    const said = contentsOf(message)
    // Further attachments of one message have no ids of their own.
    const idAt = (at: number) => (at === 0 ? message.mid : `${message.mid}#${at + 1}`)
    if (message.is_echo || item.sender.id === account.accountId) {
      const [, key] = /^qiao:(.+)$/u.exec(message.metadata ?? '') ?? []
      const ours = key !== undefined || message.app_id === account.appId
      return said.map(({ content }, at) => ({
        kind: 'echo',
        ...base,
        id: idAt(at),
        content,
        ours,
        ...(key ? { key } : {}),
      }))
    }
    return said.map(({ content, extra }, at) => ({
      kind: 'message',
      ...base,
      id: idAt(at),
      content,
      ...(message.reply_to?.mid ? { replyTo: message.reply_to.mid } : {}),
      ...(message.quick_reply ? { choice: message.quick_reply.payload } : {}),
      ...(message.referral ? { referral: referralOf(message.referral) } : {}),
      ...(extra ? { extra } : {}),
    }))
  },
  postback(item, value, from) {
    const pressed = payload.postback.safeParse(value).data
    if (!pressed || !(pressed.title ?? pressed.payload)) return null
    return [
      {
        kind: 'message',
        at: timeOf(item.timestamp),
        from,
        id: pressed.mid ?? `postback:${item.sender.id}:${item.timestamp}`,
        content: textOf(pressed.title || pressed.payload || ''),
        ...(pressed.payload ? { choice: pressed.payload } : {}),
        ...(pressed.referral ? { referral: referralOf(pressed.referral) } : {}),
      },
    ]
  },
  message_edit(item, value, from) {
    const edit = payload.edit.safeParse(value).data
    return edit
      ? [{ kind: 'edited', at: timeOf(item.timestamp), from, messageId: edit.mid, content: textOf(edit.text) }]
      : null
  },
  reaction(item, value, from) {
    const reaction = payload.reaction.safeParse(value).data
    if (!reaction) return null
    const emoji = reaction.action === 'react' ? reaction.emoji || faces[reaction.reaction ?? ''] || '👍' : null
    return [{ kind: 'reacted', at: timeOf(item.timestamp), from, messageId: reaction.mid, emoji }]
  },
  delivery: (item, value, from) => receipt(item, value, from, 'delivered'),
  read: (item, value, from) => receipt(item, value, from, 'read'),
  referral(item, value, from) {
    const came = payload.referral.safeParse(value).data
    if (!came) return null
    const parameter = came.ref ?? came.ad_id
    const words = [came.source, came.ref].filter(Boolean).join(' ') || 'Link'
    return [
      {
        kind: 'acted',
        at: timeOf(item.timestamp),
        from,
        act: 'referral',
        words,
        ...(parameter ? { parameter } : {}),
      },
    ]
  },
  optin: (item, _value, from) => [
    { kind: 'acted', at: timeOf(item.timestamp), from, act: 'optin', words: 'Wants to hear from us' },
  ],
  policy_enforcement(item, value) {
    const policy = payload.policy.safeParse(value).data
    if (!policy) return null
    if (policy.action !== 'block') return [{ kind: 'nothing', why: `Policy: ${policy.action}` }]
    const problem = { code: 'account-restricted' as const, ...(policy.reason ? { detail: policy.reason } : {}) }
    return [{ kind: 'account', at: timeOf(item.timestamp), problem }]
  },
}

/** Messenger marks all up to a time, Instagram one message, which implies those before. */
function receipt(item: payload.Item, value: unknown, { address: to }: Peer, state: 'delivered' | 'read') {
  const at = timeOf(item.timestamp)
  const mark = payload.watermark.safeParse(value).data
  if (mark) return [{ kind: 'receipt' as const, at, to, state, upTo: timeOf(mark.watermark) }]
  const seen = payload.seen.safeParse(value).data
  return seen ? [{ kind: 'receipt' as const, at, to, state, messageId: seen.mid }] : null
}

type Referral = NonNullable<payload.Message['referral']>
const referralOf = ({ source, type, ref, ad_id: ad, referer_uri: url }: Referral) => ({
  source: source ?? type ?? 'link',
  ...((ref ?? ad) ? { parameter: ref ?? ad } : {}),
  ...(url ? { url } : {}),
})

function changeEvent(data: Record<string, unknown>, ms: number, account: MessagingAccount): ChannelEvent {
  const change = payload.change.safeParse(data.change).data
  if (!change) return unknown('Change of no documented shape', ms)
  const { field, value } = change
  if (field === 'comments' || field === 'live_comments') {
    const comment = payload.comment.safeParse(value).data
    if (!comment) return unknown('Comment of no documented shape', ms)
    if (comment.from.id === account.accountId) return { kind: 'nothing', why: 'A comment of our own' }
    return {
      kind: 'message',
      at: timeOf(ms),
      from: { address: comment.from.id, ...(comment.from.username ? { name: comment.from.username } : {}) },
      thread: { key: comment.media.id, kind: 'public' },
      id: comment.id,
      content: textOf(comment.text),
      ...(comment.parent_id ? { replyTo: comment.parent_id } : {}),
    }
  }
  if (field === 'feed' && value.item === 'comment' && value.verb === 'add')
    return unknown('A comment under a post of the Page', ms)
  if (field === 'feed' || field === 'story_insights') return { kind: 'nothing', why: `Webhook field ${field}` }
  if (field === 'mentions') {
    return mentionEvent(value, data.mentioned, ms) ?? unknown(`Mentioned under ${String(value.media_id)}`, ms)
  }
  return unknown(`Webhook field ${field}`, ms)
}
