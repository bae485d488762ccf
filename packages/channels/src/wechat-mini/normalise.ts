import { z } from 'zod'
import type { ChannelEvent } from '../events.ts'
import type { Json } from '../json.ts'
import { contentOf, envelope, timeOf, utc, word } from '../families/wechat/message.ts'

const more = z.object({ Event: word, SessionFrom: word, BusinessId: word })
const ofNoUse = new Set([
  'subscribe_msg_popup_event',
  'subscribe_msg_change_event',
  'subscribe_msg_sent_event',
  'kf_create_session',
  'kf_close_session',
  'kf_switch_session',
])

export function normalise(data: Json): ChannelEvent[] {
  const parsed = envelope.safeParse(data)
  if (!parsed.success)
    return [{ kind: 'unknown', at: timeOf(data), summary: 'A callback without sender, time or type' }]
  const { FromUserName: address, CreateTime: seconds, MsgType: type, MsgId: id } = parsed.data
  const { Event: event, SessionFrom: source, BusinessId: business } = more.parse(parsed.data)
  const base = { at: utc(seconds), from: { address } }
  if (type === 'event') {
    if (event === 'user_enter_tempsession') {
      const words = '进入客服会话 Entered the chat'
      return [{ kind: 'acted', ...base, act: 'enter', words, ...(source ? { parameter: source } : {}) }]
    }
    if (event && ofNoUse.has(event)) return [{ kind: 'nothing', why: event }]
    return [{ kind: 'unknown', ...base, summary: `小程序事件 Mini program event: ${event ?? ''}`.slice(0, 300) }]
  }
  if (id === undefined) return [{ kind: 'unknown', ...base, summary: `A message without an id: ${type}` }]
  const referral = business ? { referral: { source: 'business', parameter: business } } : {}
  return [{ kind: 'message', ...base, id, ...contentOf(parsed.data), ...referral }]
}
