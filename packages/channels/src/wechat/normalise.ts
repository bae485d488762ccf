import { z } from 'zod'
import type { ChannelEvent } from '../events.ts'
import type { Json } from '../json.ts'
import { contentOf, type Envelope, envelope, timeOf, utc, word } from '../families/wechat/message.ts'
import { eventOf } from './account-events.ts'

const chosen = z.object({ bizmsgmenuid: word, MsgDataId: word })

export function normalise(data: Json): ChannelEvent[] {
  const parsed = envelope.safeParse(data)
  if (!parsed.success)
    return [{ kind: 'unknown', at: timeOf(data), summary: 'A callback without sender, time or type' }]
  return parsed.data.MsgType === 'event' ? eventOf(parsed.data) : [messageOf(parsed.data)]
}

function messageOf(message: Envelope): ChannelEvent {
  const { FromUserName: address, CreateTime: seconds, MsgId: id } = message
  const base = { at: utc(seconds), from: { address } }
  if (id === undefined) return { kind: 'unknown', ...base, summary: `A message without an id: ${message.MsgType}` }
  const { bizmsgmenuid: choice, MsgDataId: articleId } = chosen.parse(message)
  return {
    kind: 'message',
    ...base,
    id,
    ...contentOf(message),
    // A choice counts as a click in a menu: three messages within a minute, not five within two days.
    // https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html (2026-11)
    ...(choice ? { choice, opens: 'click' } : {}),
    ...(articleId ? { referral: { source: 'article', parameter: articleId } } : {}),
  }
}
