import type { ChannelEvent, Peer } from '../events.ts'
import { isObject, type Json } from '../json.ts'
import { type ToQiao, toQiao } from './protocol.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { firstDoubt } from '../first-doubt.ts'
import { addressOf } from './address.ts'

const utc = (at: string): string => new Date(at).toISOString()

export function normalise(data: Json): ChannelEvent[] {
  const parsed = toQiao.safeParse(data)
  if (!parsed.success) {
    const at = isObject(data) && typeof data.at === 'string' ? Date.parse(data.at) : Number.NaN
    return [
      { kind: 'unknown', at: new Date(Number.isFinite(at) ? at : 0).toISOString(), summary: firstDoubt(parsed.error) },
    ]
  }
  return [withoutUndefined(eventOf(parsed.data))]
}

function eventOf(event: ToQiao): ChannelEvent {
  const at = utc(event.at)
  if (event.type === 'ping') return { kind: 'nothing', why: 'A test of the connection' }
  if (event.type === 'account') return { kind: 'account', at, problem: event.problem }
  const from = peerOf(event.customer)
  if (!from) return { kind: 'unknown', at, summary: 'customer.id: it holds characters that nobody can read' }
  const base = { at, from, ...(event.thread ? { thread: event.thread } : {}) }
  switch (event.type) {
    case 'message': {
      const { messageId, content, replyTo, choice, referral, extra } = event
      return { ...base, kind: 'message', id: messageId, content, replyTo, choice, referral, extra }
    }
    case 'echo':
      return { ...base, kind: 'echo', id: event.messageId, content: event.content, ours: event.ours }
    case 'edited':
      return { ...base, kind: 'edited', messageId: event.messageId, content: event.content }
    case 'recalled':
      return { ...base, kind: 'recalled', messageId: event.messageId }
    case 'reacted':
      return { ...base, kind: 'reacted', messageId: event.messageId, emoji: event.emoji }
    case 'typing':
      return { ...base, kind: 'typing', on: event.on }
    case 'receipt': {
      const { state, messageId, problem } = event
      const upTo = event.upTo === undefined ? undefined : utc(event.upTo)
      const to = event.thread?.kind === 'group' ? event.thread.key : from.address
      return { kind: 'receipt', at, to, state, messageId, upTo, problem }
    }
    case 'acted':
      return { ...base, kind: 'acted', act: event.act, words: event.words, parameter: event.parameter }
    case 'consent':
      return { ...base, kind: 'consent', wanted: event.wanted }
    case 'moved': {
      const toAddress = addressOf(event.toId)
      if (toAddress === null)
        return { kind: 'unknown', at, summary: 'toId: it holds characters that nobody can read', from }
      return { ...base, kind: 'moved', toAddress }
    }
    default:
      return event satisfies never
  }
}

function peerOf({ id, phone, email, ...rest }: Extract<ToQiao, { type: 'typing' }>['customer']): Peer | null {
  const address = addressOf(id)
  if (address === null) return null
  const aliases = [
    ...(phone === undefined ? [] : [{ kind: 'phone' as const, value: phone }]),
    ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
  ]
  return { address, ...(aliases.length > 0 ? { aliases } : {}), ...rest }
}
