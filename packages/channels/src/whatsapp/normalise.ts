import type { Alias, ChannelEvent, Peer } from '../events.ts'
import { isObject, type Json } from '../json.ts'
import { timeOf } from '../families/meta/content.ts'
import { toJson } from '../without-undefined.ts'
import { accountEvent } from './account-events.ts'
import { addressOf } from './address.ts'
import type { Config } from './config.ts'
import { choiceOf, contentOf } from './content.ts'
import { problemOfCode } from './errors.ts'
import * as payload from './payload.ts'

export function normalise(data: Json, config: Config): ChannelEvent[] {
  if (!isObject(data)) return [unknown('No object', 0)]
  const { field, number } = data
  if (typeof number === 'string' && number !== config.phoneNumberId) {
    return [{ kind: 'nothing', why: 'For another number of the same business account' }]
  }
  if ('message' in data) return [messageEvent(data.message, data.contact)]
  if ('echo' in data) return [echoEvent(data.echo, data.contact)]
  if ('status' in data) return [statusEvent(data.status)]
  const at = typeof data.time === 'number' && data.time >= 0 ? data.time : 0
  if (typeof field === 'string' && isObject(data.value)) {
    return typeof data.account === 'string' && data.account !== config.businessAccountId
      ? [{ kind: 'nothing', why: 'For another business account of the same app' }]
      : (preferenceEvents(field, data.value, at) ?? [accountEvent(field, data.value, at)])
  }
  if ('error' in data) {
    const [error] = payload.errors.safeParse([data.error]).data ?? []
    return [
      error ? { kind: 'account', at: timeOf(at), problem: problemOfCode(error) } : unknown('Error without code', at),
    ]
  }
  return [unknown('Of no documented shape', at)]
}

const unknown = (summary: string, ms: number, from?: Peer): ChannelEvent => ({
  kind: 'unknown',
  at: timeOf(ms),
  summary: summary.slice(0, 500),
  ...(from ? { from } : {}),
})

/** What they want of our advertising; answers to their questions stay welcome. */
function preferenceEvents(field: string, value: Record<string, unknown>, ms: number): ChannelEvent[] | null {
  if (field !== 'user_preferences') return null
  const told = payload.preferences.safeParse(value.user_preferences).data
  if (!told) return [unknown('Preferences of no documented shape', ms)]
  return told.map(({ category, value: wanted, timestamp = ms, ...contact }): ChannelEvent => {
    const from = peerOf(undefined, undefined, contact)
    if (!from) return unknown('Preference of nobody', timestamp)
    if (category !== 'marketing_messages' || !/^(?:stop|resume)$/u.test(wanted))
      return unknown(`Preference ${category}: ${wanted}`, timestamp, from)
    return { kind: 'consent', at: timeOf(timestamp), from, wanted: wanted === 'resume', about: 'promotion' }
  })
}

/** The user id comes first: it stays when the number is hidden. The other names let the server find who was known before. */
function peerOf(phone: string | undefined, userId: string | undefined, contact: payload.Contact): Peer | null {
  const user = userId ?? contact.user_id
  const digits = addressOf(phone ?? contact.wa_id ?? '')
  const address = user ?? digits ?? phone
  if (!address) return null
  const aliases: Alias[] = [
    ...(digits ? [{ kind: 'phone' as const, value: `+${digits}` }] : []),
    ...(user && digits ? [{ kind: 'address' as const, value: digits }] : []),
    ...(contact.parent_user_id ? [{ kind: 'union' as const, value: contact.parent_user_id }] : []),
  ]
  const name = contact.profile?.name || contact.profile?.username
  return { address, ...(aliases.length > 0 ? { aliases } : {}), ...(name ? { name } : {}) }
}

function messageEvent(data: unknown, contactData: unknown): ChannelEvent {
  const message = payload.message.safeParse(data).data
  if (!message || !isObject(data)) return unknown('Message of no documented shape', 0)
  const peer = peerOf(message.from, message.from_user_id, payload.contact.safeParse(contactData).data ?? {})
  if (!peer) return unknown(`Message of type ${message.type} from nobody`, message.timestamp)
  if (message.type === 'system') return systemEvent(message, data.system, peer)
  if (message.type === 'request_welcome') return { kind: 'nothing', why: 'The chat was opened for the first time' }
  const acted = changeOf(message, data, peer)
  if (acted) return acted
  const content = contentOf(message.type, data, message.id)
  if (!content) return unknown(`Message of type ${message.type} of no documented shape`, message.timestamp, peer)
  const choice = choiceOf(message.type, data)
  const { context, referral } = message
  const { id: replyTo, ...around } = context ?? {}
  const note = noteOf(message.type, data)
  const extra = toJson({ ...around, ctwa_clid: referral?.ctwa_clid, note })
  return {
    kind: 'message',
    ...base(message, peer),
    id: message.id,
    content,
    ...(replyTo ? { replyTo } : {}),
    ...(choice ? { choice } : {}),
    ...(referral ? { referral: referralOf(referral) } : {}),
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

/** What the customer wrote to an order. */
const noteOf = (type: string, data: Record<string, unknown>): string | undefined =>
  type === 'order' ? payload.order.safeParse(data.order).data?.text?.replaceAll('\0', '') || undefined : undefined

const base = (message: payload.Message, from: Peer) => ({
  at: timeOf(message.timestamp),
  from,
  ...(message.group_id ? { thread: { key: message.group_id, kind: 'group' as const } } : {}),
})

const referralOf = ({ source_type, source_id, source_url, headline }: NonNullable<payload.Message['referral']>) => ({
  source: source_type || 'ad',
  ...(source_id ? { parameter: source_id } : {}),
  ...(headline ? { title: headline } : {}),
  ...(source_url ? { url: source_url } : {}),
})

/** What changes an earlier message instead of being one. */
function changeOf(message: payload.Message, data: Record<string, unknown>, from: Peer): ChannelEvent | null {
  const about = base(message, from)
  if (message.type === 'reaction') {
    const reaction = payload.reaction.safeParse(data.reaction).data
    if (!reaction) return unknown('Reaction of no documented shape', message.timestamp, from)
    return { kind: 'reacted', ...about, messageId: reaction.message_id, emoji: reaction.emoji || null }
  }
  if (message.type === 'revoke') {
    const revoked = payload.revoke.safeParse(data.revoke).data
    if (!revoked) return unknown('Recall of no documented shape', message.timestamp, from)
    return { kind: 'recalled', ...about, messageId: revoked.original_message_id }
  }
  if (message.type !== 'edit') return null
  const edit = payload.edit.safeParse(data.edit).data
  const content = edit && contentOf(edit.message.type, edit.message, message.id)
  if (!edit || !content) return unknown('Edit of no documented shape', message.timestamp, from)
  return { kind: 'edited', ...about, messageId: edit.original_message_id, content }
}

function systemEvent(message: payload.Message, data: unknown, from: Peer): ChannelEvent {
  const system = payload.system.safeParse(data).data
  if (!system) return unknown('System message of no documented shape', message.timestamp, from)
  if (!/^user_changed_|^customer_changed_number$/u.test(system.type)) {
    return { kind: 'nothing', why: `System message of type ${system.type}` }
  }
  const toAddress = system.user_id ?? addressOf(system.wa_id ?? '')
  if (!toAddress) return unknown(system.body ?? 'Changed to an unnamed address', message.timestamp, from)
  const before = system.previous_user_id ? underUserId(from, system.previous_user_id) : from
  return { kind: 'moved', ...base(message, before), toAddress }
}

/** By which id they were known, if not by the number. */
const underUserId = (from: Peer, address: string): Peer =>
  from.address === address
    ? from
    : { ...from, address, aliases: [...(from.aliases ?? []), { kind: 'address', value: from.address }] }

/** Written in the WhatsApp Business app by someone of the company. */
function echoEvent(data: unknown, contactData: unknown): ChannelEvent {
  const echo = payload.message.safeParse(data).data
  if (!echo || !isObject(data)) return unknown('Echo of no documented shape', 0)
  const peer = peerOf(echo.to, echo.to_user_id, payload.contact.safeParse(contactData).data ?? {})
  if (!peer) return unknown('Echo to nobody', echo.timestamp)
  const changed = changeOf(echo, data, peer)
  if (changed) return changed
  const content = contentOf(echo.type, data, echo.id)
  if (!content) return unknown(`Echo of type ${echo.type} of no documented shape`, echo.timestamp, peer)
  return { kind: 'echo', ...base(echo, peer), id: echo.id, content, ours: false }
}

const states = { sent: 'sent', delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' } as const
const isState = (state: string): state is keyof typeof states => Object.hasOwn(states, state)

function statusEvent(data: unknown): ChannelEvent {
  const status = payload.status.safeParse(data).data
  if (!status) return unknown('Status of no documented shape', 0)
  if (!isState(status.status)) return { kind: 'nothing', why: `Status ${status.status}` }
  // In groups the participant is told beside, and the group is who was written to.
  const to = status.recipient_type === 'group' ? status.recipient_id : (status.recipient_user_id ?? status.recipient_id)
  if (!to) return unknown('Status for nobody', status.timestamp)
  const [error] = status.errors ?? []
  return {
    kind: 'receipt',
    at: timeOf(status.timestamp),
    to,
    state: states[status.status],
    messageId: status.id,
    ...(error ? { problem: problemOfCode(error) } : {}),
    ...(status.biz_opaque_callback_data ? { key: status.biz_opaque_callback_data } : {}),
  }
}
