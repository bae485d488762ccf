import type { ChannelEvent } from '../events.ts'
import { phoneAliases } from '../families/sms/phone-address.ts'
import { itemOf } from '../families/sms-cn/callback.ts'
import { undelivered } from '../families/sms-cn/outcome.ts'
import { beijingTime } from '../families/sms-cn/time.ts'
import type { Json, JsonObject } from '../json.ts'
import { phoneOf, reply, replyId, status } from './accept.ts'

export function normalise(data: Json): ChannelEvent[] {
  const kept = itemOf(data)
  if (!kept) return [{ kind: 'unknown', at: new Date(0).toISOString(), summary: 'Not an item of a callback' }]
  const { item, receivedAt } = kept
  return [
    messageEvent(item) ??
      receiptEvent(item, receivedAt) ?? {
        kind: 'unknown',
        at: receivedAt,
        summary: `A callback with ${Object.keys(item).join(', ') || 'nothing'}`.slice(0, 300),
      },
  ]
}

function messageEvent(item: JsonObject): ChannelEvent | null {
  const said = reply.safeParse(item).data
  const address = said ? phoneOf(said) : null
  if (!said || address === null) return null
  const extra = {
    ...(said.sign ? { signName: said.sign } : {}),
    ...(said.extend ? { extendCode: said.extend } : {}),
  }
  return {
    kind: 'message',
    at: new Date(said.time * 1000).toISOString(),
    from: { address, ...phoneAliases(address) },
    id: replyId(said),
    content:
      said.text.trim() === ''
        ? { type: 'unsupported', summary: '空短信 An empty text' }
        : { type: 'text', text: said.text, markup: 'none' },
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

function receiptEvent(item: JsonObject, receivedAt: string): ChannelEvent | null {
  const told = status.safeParse(item).data
  if (!told) return null
  const delivered = told.report_status === 'SUCCESS'
  return {
    kind: 'receipt',
    at: beijingTime(told.user_receive_time)?.toISOString() ?? receivedAt,
    to: phoneOf(told) ?? told.mobile,
    state: delivered ? 'delivered' : 'failed',
    messageId: told.sid,
    ...(delivered ? {} : { problem: undelivered(told.errmsg, told.description) }),
    ...(told.ext ? { key: told.ext } : {}),
  }
}
