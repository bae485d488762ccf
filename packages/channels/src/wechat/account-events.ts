import { z } from 'zod'
import type { ChannelEvent } from '../events.ts'
import { isObject } from '../json.ts'
import type { Problem } from '../problem.ts'
import { digest } from '../families/wechat/crypto.ts'
import { type Envelope, utc, word } from '../families/wechat/message.ts'
import { wordsOfKey } from './menus.ts'

/** What customers do beside writing, and what WeChat says of our messages and of the account. */

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : isObject(value) ? [value] : [])
/** Repeated elements; one alone is no list. In JSON they stand in the event itself, without a holder. */
const items = <Item extends z.core.$ZodType>(item: Item) =>
  z.preprocess((holder) => {
    const held = isObject(holder) ? list(holder.List) : []
    return held.filter((one) => z.safeParse(item, one).success)
  }, z.array(item))

const answered = z.object({ TemplateId: z.string().min(1), SubscribeStatusString: z.string() })
const sentNotice = z.object({
  MsgID: z.union([z.string(), z.number()]).transform(String),
  ErrorCode: z.coerce.number(),
  ErrorStatus: word,
})
const fields = z.object({
  Event: z.string().min(1),
  EventKey: word,
  MsgID: word,
  Status: word,
  FailReason: word,
  ScanCodeInfo: z.object({ ScanResult: word }).optional().catch(undefined),
  SubscribeMsgPopupEvent: items(answered),
  SubscribeMsgChangeEvent: items(answered),
  SubscribeMsgSentEvent: items(sentNotice),
})
type Fields = z.infer<typeof fields>

export function eventOf(message: Envelope): ChannelEvent[] {
  const at = utc(message.CreateTime)
  const from = { address: message.FromUserName }
  const base = { at, from }
  const parsed = fields.safeParse(message)
  if (!parsed.success) return [{ kind: 'unknown', ...base, summary: 'An event without a name' }]
  const event = parsed.data
  const { EventKey: key } = event
  const acted = (act: string, words: string, parameter = key): ChannelEvent => ({
    kind: 'acted',
    ...base,
    act,
    words: words.slice(0, 500),
    ...(parameter ? { parameter } : {}),
  })
  switch (event.Event) {
    case 'subscribe':
      return [
        { kind: 'consent', ...base, wanted: true },
        acted('follow', '关注了公众号 Followed', key?.replace(/^qrscene_/u, '')),
      ]
    case 'unsubscribe':
      return [{ kind: 'consent', ...base, wanted: false }]
    case 'SCAN':
      return [acted('scan', '扫描了二维码 Scanned a code')]
    case 'CLICK': {
      const said = wordsOfKey(key)
      if (said !== null) return [spoken(message, said)]
      return [acted('click', `点击菜单 Pressed in the menu: ${key ?? ''}`)]
    }
    case 'scancode_push':
    case 'scancode_waitmsg':
      return [acted('click', `用菜单扫码 Scanned from the menu: ${event.ScanCodeInfo?.ScanResult ?? ''}`)]
    case 'VIEW':
    case 'view_miniprogram':
      return [acted('view', `打开菜单链接 Opened from the menu: ${key ?? ''}`)]
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
    case 'location_select':
      return [acted('menu', `在菜单中选择 Chose in the menu: ${event.Event}`)]
    case 'TEMPLATESENDJOBFINISH':
      return [templateReceipt(event, base)]
    case 'subscribe_msg_popup_event':
    case 'subscribe_msg_change_event':
      return [...event.SubscribeMsgPopupEvent, ...event.SubscribeMsgChangeEvent, ...items(answered).parse(message)].map(
        ({ TemplateId: template, SubscribeStatusString: status }) =>
          status === 'accept'
            ? acted('notice-accepted', '同意订阅通知 Accepted a notice', template)
            : acted('notice-refused', '拒绝订阅通知 Refused a notice', template),
      )
    case 'subscribe_msg_sent_event':
      return [...event.SubscribeMsgSentEvent, ...items(sentNotice).parse(message)].map((sent) =>
        noticeReceipt(sent, base),
      )
    case 'qualification_verify_fail':
    case 'naming_verify_fail':
    case 'annual_renew':
    case 'verify_expired':
      return [{ kind: 'account', at, problem: verification(event) }]
    default:
      return ofNoUse.has(event.Event)
        ? [{ kind: 'nothing', why: event.Event }]
        : [{ kind: 'unknown', ...base, summary: `微信事件 WeChat event: ${event.Event}`.slice(0, 300) }]
  }
}

const ofNoUse = new Set([
  'LOCATION',
  'MASSSENDJOBFINISH',
  'PUBLISHJOBFINISH',
  'kf_create_session',
  'kf_close_session',
  'kf_switch_session',
  'qualification_verify_success',
  'naming_verify_success',
])

/** The entry says something for whoever presses it, which opens what a press opens. Events have no ids. */
const spoken = ({ FromUserName: address, CreateTime: seconds }: Envelope, text: string): ChannelEvent => ({
  kind: 'message',
  at: utc(seconds),
  from: { address },
  id: `press:${digest([address, seconds, text].join(' '), 40)}`,
  content: { type: 'text', text, markup: 'none' },
  opens: 'click',
})

type Base = { at: string; from: { address: string } }

/** `success`, `failed:user block`, `failed: system failed`. */
function templateReceipt({ MsgID: messageId, Status: status = '' }: Fields, { at, from }: Base): ChannelEvent {
  const base = { kind: 'receipt' as const, at, to: from.address, ...(messageId ? { messageId } : {}) }
  if (status === 'success') return { ...base, state: 'delivered' }
  const code = /user block/u.test(status) ? 'opted-out' : 'provider-failed'
  return { ...base, state: 'failed', problem: { code, ...(status ? { detail: status } : {}) } }
}

function noticeReceipt(sent: z.infer<typeof sentNotice>, { at, from }: Base): ChannelEvent {
  const base = { kind: 'receipt' as const, at, to: from.address, messageId: sent.MsgID }
  if (sent.ErrorCode === 0) return { ...base, state: 'delivered' }
  const problem: Problem = {
    code: sent.ErrorCode === 43_101 ? 'notice-unwanted' : 'provider-failed',
    providerCode: String(sent.ErrorCode),
    ...(sent.ErrorStatus ? { detail: sent.ErrorStatus } : {}),
  }
  return { ...base, state: 'failed', problem }
}

const verification = ({ Event: event, FailReason: reason }: Fields): Problem => ({
  code: 'account-restricted',
  providerCode: event,
  detail: reason ?? '微信认证未通过或即将到期，请在公众平台处理 The verification at WeChat failed or ends',
})
