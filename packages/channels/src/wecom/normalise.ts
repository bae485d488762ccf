import { z } from 'zod'
import type { ChannelEvent, EventOf } from '../events.ts'
import type { Json } from '../json.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import { utc, word } from '../families/wechat/message.ts'
import type { Config } from './config.ts'
import { contentOf } from './content.ts'
import { ownScene } from './entrance.ts'
import { sessionOf } from './session-words.ts'

const seconds = z.coerce.number().int().positive().max(4_102_444_800)
const pulled = z.looseObject({
  msgid: z.string().min(1),
  send_time: seconds,
  origin: z.coerce.number().catch(0),
  external_userid: z.string().min(1),
  msgtype: z.string().min(1),
})
const event = z.object({
  send_time: seconds,
  msgtype: z.literal('event'),
  event: z.object({
    event_type: z.string().min(1),
    external_userid: word,
    scene: word,
    scene_param: word,
    welcome_code: word,
    fail_msgid: word,
    fail_type: z.coerce.number().catch(0),
    recall_msgid: word,
    change_type: word,
    old_servicer_userid: word,
    new_servicer_userid: word,
    msg_code: word,
  }),
})
type Event = z.infer<typeof event>['event']

export function normalise(data: Json, { welcome }: Pick<Config, 'welcome'>): ChannelEvent[] {
  const happened = event.safeParse(data)
  if (happened.success) return [eventOf(happened.data.event, utc(happened.data.send_time), Boolean(welcome))]
  const parsed = pulled.safeParse(data)
  if (!parsed.success) return [strange(data)]
  const { msgid: id, external_userid: address, origin, send_time: at } = parsed.data
  const { content, extra, choice } = contentOf(parsed.data)
  const base = { at: utc(at), from: { address }, id, content }
  switch (origin) {
    case 3:
      return [{ kind: 'message', ...base, ...(choice ? { choice } : {}), ...(extra ? { extra } : {}) }]
    case 5:
      return [{ kind: 'echo', ...base, ours: false }]
    default:
      return [{ kind: 'unknown', at: base.at, from: base.from, summary: `A message of origin ${origin}` }]
  }
}

/** Callbacks that are not about messages, and what has no shape that we know. */
function strange(data: Json): ChannelEvent {
  const callback = z.object({ Event: z.string(), CreateTime: seconds.catch(0) }).safeParse(data)
  if (callback.success) {
    const { Event: name, CreateTime: at } = callback.data
    return { kind: 'unknown', at: utc(at), summary: `企业微信事件 WeCom event: ${name}`.slice(0, 300) }
  }
  const time = z.object({ send_time: seconds }).safeParse(data)
  return {
    kind: 'unknown',
    at: utc(time.data?.send_time ?? 0),
    summary: 'A message without id, customer, time or type',
  }
}

const ofNoUse = new Set(['servicer_status_change', 'reject_customer_msg_switch_change'])

function eventOf(happened: Event, at: string, greeted: boolean): ChannelEvent {
  const { event_type: type, external_userid: address, recall_msgid: recalled } = happened
  const from = address ? { from: { address } } : {}
  if (ofNoUse.has(type)) return { kind: 'nothing', why: `${type} ${happened.change_type ?? ''}`.trim() }
  if (address) {
    if (type === 'session_status_change') return changed(happened, address, at)
    if (type === 'enter_session') return entered(happened, address, at, greeted)
    if (type === 'msg_send_fail' && happened.fail_msgid) return failed(happened, address, at)
    if ((type === 'user_recall_msg' || type === 'servicer_recall_msg') && recalled) {
      return { kind: 'recalled', at, from: { address }, messageId: recalled }
    }
  }
  return { kind: 'unknown', at, ...from, summary: `微信客服事件 Customer service event: ${type}`.slice(0, 300) }
}

function changed(happened: Event, address: string, at: string): ChannelEvent {
  const { change_type: change, old_servicer_userid: from, new_servicer_userid: to, msg_code: code } = happened
  const session = sessionOf({ change, from, to, code })
  return session
    ? { kind: 'session', at, from: { address }, ...session }
    : { kind: 'nothing', why: `session_status_change ${change ?? ''}`.trim() }
}

/**
 * The scene is of the link that was followed; its parameter is whatever the company wrote behind it. Only a code that our
 * own welcome has not used allows a message.
 */
function entered(
  { scene, scene_param: parameter, welcome_code: code }: Event,
  address: string,
  at: string,
  greeted: boolean,
): ChannelEvent {
  const source = [scene === ownScene ? '' : scene, decoded(parameter)].filter(Boolean).join('?')
  const words = '进入会话 Entered the chat'
  const act = code && !greeted ? 'enter' : 'visit'
  return { kind: 'acted', at, from: { address }, act, words, ...(source ? { parameter: source } : {}) }
}
function decoded(text = ''): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** https://developer.work.weixin.qq.com/document/path/94670#消息发送失败事件 (2026-11) */
const reasons: Readonly<Record<number, [ProblemCode, string]>> = {
  1: ['not-connected', '客服账号已删除 The account is deleted'],
  2: ['not-connected', '应用已关闭 The app is closed'],
  4: ['window-closed', '会话已过期，超过 48 小时 More than 48 hours'],
  5: ['window-closed', '会话已关闭 The session is closed'],
  6: ['quota-used', '超过 5 条限制 More than 5 messages'],
  7: ['not-permitted', '未绑定视频号 No channel is bound'],
  8: ['account-restricted', '主体未验证 The company is not verified'],
  9: ['account-restricted', '未绑定视频号且主体未验证 Neither bound nor verified'],
  10: ['opted-out', '用户拒收 The customer refuses messages'],
  11: ['not-permitted', '企业没有成员登录企业微信 Nobody of the company is signed in to WeCom'],
  12: ['unsupported', '微信客服禁发的消息类型 A kind of message that may not be sent'],
  13: ['account-restricted', '安全限制 Restricted for security'],
}
function failed({ fail_msgid: messageId, fail_type: type }: Event, to: string, at: string): EventOf<'receipt'> {
  const [code, detail] = reasons[type] ?? ['provider-failed', '未知原因 Unknown']
  const problem: Problem = { code, detail, providerCode: String(type) }
  return { kind: 'receipt', at, to, state: 'failed', problem, ...(messageId ? { messageId } : {}) }
}
