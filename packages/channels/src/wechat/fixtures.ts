import type { Fixture } from '../conformance-kit.ts'
import type { ChannelEvent, EventOf } from '../events.ts'
import type { XmlFields } from '../families/wechat/simulator.ts'

/** From the pages that README.md names; ids are made up. */

export const callingOpenid = 'oyORnuP8q7ou2gfYjqLzSIWZf0rs'
export const calledAccount = 'gh_10f6c3c3ac5a'
const openid = callingOpenid
const at = '2026-11-22T08:00:00.000Z'
const base = { at, from: { address: openid } }
const id = '24500000000000001'

export type FieldsFixture = Omit<Fixture, 'request' | 'data'> & { fields: XmlFields }

const common = { ToUserName: calledAccount, FromUserName: openid, CreateTime: 1_795_334_400 }
const said = (
  name: string,
  fields: XmlFields,
  event: Omit<EventOf<'message'>, 'kind' | 'at' | 'from' | 'id'>,
): FieldsFixture => ({
  name,
  fields: { ...common, ...fields, MsgId: id },
  ids: [`m${id}`],
  open: openid,
  events: [{ kind: 'message', ...base, id, ...event }],
})
const happened = (name: string, fields: XmlFields, events: readonly ChannelEvent[]): FieldsFixture => ({
  name,
  fields: { ...common, MsgType: 'event', ...fields },
  open: ['subscribe', 'SCAN', 'CLICK', 'scancode_waitmsg'].includes(
    typeof fields.Event === 'string' ? fields.Event : '',
  )
    ? openid
    : null,
  events,
})
const acted = (act: string, words: string, parameter?: string): ChannelEvent => ({
  kind: 'acted',
  ...base,
  act,
  words,
  ...(parameter ? { parameter } : {}),
})
const consent = (wanted: boolean): ChannelEvent => ({ kind: 'consent', ...base, wanted })
const receipt = (
  messageId: string,
  state: 'delivered' | 'failed',
  problem?: EventOf<'receipt'>['problem'],
): ChannelEvent => ({
  kind: 'receipt',
  at,
  to: openid,
  messageId,
  state,
  ...(problem ? { problem } : {}),
})
const text = (words: string) => ({ type: 'text' as const, text: words, markup: 'none' as const })
const strange = ' <b>在吗</b> & 1 < 2 ]]> <!DOCTYPE a> '
const noticeOf = (TemplateId: string, SubscribeStatusString: string) => ({
  TemplateId,
  SubscribeStatusString,
  PopupScene: 2,
})

export const fixtures: readonly FieldsFixture[] = [
  said('text', { MsgType: 'text', Content: strange }, { content: text(strange) }),
  said('text of digits', { MsgType: 'text', Content: '007' }, { content: text('007') }),
  said(
    'text from an article',
    { MsgType: 'text', Content: '问一下', MsgDataId: '2247483650', Idx: '1' },
    { content: text('问一下'), referral: { source: 'article', parameter: '2247483650' } },
  ),
  said(
    'choice in a menu',
    { MsgType: 'text', Content: '退货', bizmsgmenuid: 'return' },
    { content: text('退货'), choice: 'return', opens: 'click' },
  ),
  said(
    'what is not handed over',
    { MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' },
    {
      content: {
        type: 'unsupported',
        summary: '微信没有转交的消息（表情、名片等） A message that WeChat does not hand over',
      },
    },
  ),
  said(
    'image',
    { MsgType: 'image', PicUrl: 'http://mmbiz.qpic.cn/a', MediaId: 'MEDIA_1' },
    { content: { type: 'image', media: { id: 'MEDIA_1', url: 'http://mmbiz.qpic.cn/a' } } },
  ),
  said(
    'voice',
    { MsgType: 'voice', MediaId: 'MEDIA_2', Format: 'amr', MediaId16K: 'MEDIA_16' },
    { content: { type: 'audio', media: { id: 'MEDIA_2', mime: 'audio/amr' } }, extra: { mediaId16K: 'MEDIA_16' } },
  ),
  said(
    'recognised voice',
    { MsgType: 'voice', MediaId: 'MEDIA_2', Format: 'speex', Recognition: '你好' },
    { content: { type: 'audio', media: { id: 'MEDIA_2', mime: 'audio/x-speex' }, caption: '你好' } },
  ),
  said(
    'video',
    { MsgType: 'video', MediaId: 'MEDIA_3', ThumbMediaId: 'THUMB_3' },
    { content: { type: 'video', media: { id: 'MEDIA_3', mime: 'video/mp4' } }, extra: { thumbMediaId: 'THUMB_3' } },
  ),
  said(
    'short video',
    { MsgType: 'shortvideo', MediaId: 'MEDIA_4', ThumbMediaId: '' },
    { content: { type: 'video', media: { id: 'MEDIA_4', mime: 'video/mp4' } } },
  ),
  said(
    'location',
    { MsgType: 'location', Location_X: '23.134521', Location_Y: '113.358803', Scale: '20', Label: '广州市天河区' },
    { content: { type: 'location', latitude: 23.134521, longitude: 113.358803, address: '广州市天河区' } },
  ),
  said(
    'link',
    { MsgType: 'link', Title: '公众平台官网链接', Description: '官网', Url: 'https://mp.weixin.qq.com/a?b=1&c=2' },
    {
      content: {
        type: 'card',
        title: '公众平台官网链接',
        text: '官网',
        buttons: [{ label: 'mp.weixin.qq.com', url: 'https://mp.weixin.qq.com/a?b=1&c=2' }],
      },
    },
  ),
  said(
    'a kind of the future',
    { MsgType: 'hologram' },
    { content: { type: 'unsupported', summary: '微信消息 WeChat message: hologram' } },
  ),
  said(
    'file that was forwarded',
    { MsgType: 'file', Title: '合同.pdf', FileKey: 'K', FileTotalLen: '9' },
    { content: { type: 'unsupported', summary: '微信消息 WeChat message: file · 合同.pdf' } },
  ),
  happened('press that says something', { Event: 'CLICK', EventKey: 'QIAO_TALK:我要找人工客服' }, [
    {
      kind: 'message',
      ...base,
      id: 'press:603cdf4847fd1b830f3b57b091a7777a5411cae9',
      content: text('我要找人工客服'),
      opens: 'click',
    },
  ]),
  happened('follow', { Event: 'subscribe', EventKey: '' }, [consent(true), acted('follow', '关注了公众号 Followed')]),
  happened('follow by a code', { Event: 'subscribe', EventKey: 'qrscene_shop_7', Ticket: 'TICKET' }, [
    consent(true),
    acted('follow', '关注了公众号 Followed', 'shop_7'),
  ]),
  happened('unfollow', { Event: 'unsubscribe', EventKey: '' }, [consent(false)]),
  happened('scan', { Event: 'SCAN', EventKey: '123123', Ticket: 'TICKET' }, [
    acted('scan', '扫描了二维码 Scanned a code', '123123'),
  ]),
  happened('click', { Event: 'CLICK', EventKey: 'MY_ORDERS' }, [
    acted('click', '点击菜单 Pressed in the menu: MY_ORDERS', 'MY_ORDERS'),
  ]),
  happened(
    'scan from the menu',
    {
      Event: 'scancode_waitmsg',
      EventKey: 'SCAN',
      ScanCodeInfo: { ScanType: 'qrcode', ScanResult: 'https://a.cn/1' },
    },
    [acted('click', '用菜单扫码 Scanned from the menu: https://a.cn/1', 'SCAN')],
  ),
  happened('view', { Event: 'VIEW', EventKey: 'https://a.cn/', MenuId: '1' }, [
    acted('view', '打开菜单链接 Opened from the menu: https://a.cn/', 'https://a.cn/'),
  ]),
  happened(
    'pictures from the menu',
    { Event: 'pic_weixin', EventKey: 'PIC', SendPicsInfo: { Count: 1, PicList: { item: { PicMd5Sum: 'a' } } } },
    [acted('menu', '在菜单中选择 Chose in the menu: pic_weixin', 'PIC')],
  ),
  happened('position', { Event: 'LOCATION', Latitude: '23.137466', Longitude: '113.352425' }, [
    { kind: 'nothing', why: 'LOCATION' },
  ]),
  happened('template delivered', { Event: 'TEMPLATESENDJOBFINISH', MsgID: '200163836000000001', Status: 'success' }, [
    receipt('200163836000000001', 'delivered'),
  ]),
  happened('template refused', { Event: 'TEMPLATESENDJOBFINISH', MsgID: '200163840', Status: 'failed:user block' }, [
    receipt('200163840', 'failed', { code: 'opted-out', detail: 'failed:user block' }),
  ]),
  happened('template failed', { Event: 'TEMPLATESENDJOBFINISH', MsgID: '200163841', Status: 'failed: system failed' }, [
    receipt('200163841', 'failed', { code: 'provider-failed', detail: 'failed: system failed' }),
  ]),
  happened(
    'notices in a dialogue',
    {
      Event: 'subscribe_msg_popup_event',
      SubscribeMsgPopupEvent: { List: [noticeOf('VRR0', 'accept'), noticeOf('9nLI', 'reject')] },
    },
    [
      acted('notice-accepted', '同意订阅通知 Accepted a notice', 'VRR0'),
      acted('notice-refused', '拒绝订阅通知 Refused a notice', '9nLI'),
    ],
  ),
  happened(
    'notices as JSON has them',
    { Event: 'subscribe_msg_popup_event', List: [noticeOf('VRR0', 'accept'), noticeOf('9nLI', 'reject')] },
    [
      acted('notice-accepted', '同意订阅通知 Accepted a notice', 'VRR0'),
      acted('notice-refused', '拒绝订阅通知 Refused a notice', '9nLI'),
    ],
  ),
  happened(
    'notice sent as JSON has it',
    {
      Event: 'subscribe_msg_sent_event',
      List: { TemplateId: 'VRR0', MsgID: '1700827132819554304', ErrorCode: 0, ErrorStatus: 'success' },
    },
    [receipt('1700827132819554304', 'delivered')],
  ),
  happened(
    'notice no longer wanted',
    { Event: 'subscribe_msg_change_event', SubscribeMsgChangeEvent: { List: noticeOf('VRR0', 'reject') } },
    [acted('notice-refused', '拒绝订阅通知 Refused a notice', 'VRR0')],
  ),
  happened(
    'notice sent',
    {
      Event: 'subscribe_msg_sent_event',
      SubscribeMsgSentEvent: {
        List: { TemplateId: 'VRR0', MsgID: '1700827132819554304', ErrorCode: 0, ErrorStatus: 'success' },
      },
    },
    [receipt('1700827132819554304', 'delivered')],
  ),
  happened(
    'notice refused',
    {
      Event: 'subscribe_msg_sent_event',
      SubscribeMsgSentEvent: { List: { TemplateId: 'VRR0', MsgID: '17', ErrorCode: 43_101, ErrorStatus: 'refused' } },
    },
    [receipt('17', 'failed', { code: 'notice-unwanted', providerCode: '43101', detail: 'refused' })],
  ),
  happened('verification ends', { Event: 'verify_expired', ExpiredTime: '1442401156' }, [
    {
      kind: 'account',
      at,
      problem: {
        code: 'account-restricted',
        providerCode: 'verify_expired',
        detail: '微信认证未通过或即将到期，请在公众平台处理 The verification at WeChat failed or ends',
      },
    },
  ]),
  happened('mass message sent', { Event: 'MASSSENDJOBFINISH', MsgID: '1000001625', Status: 'send success' }, [
    { kind: 'nothing', why: 'MASSSENDJOBFINISH' },
  ]),
  happened('an event of the future', { Event: 'wave', EventKey: '1' }, [
    { kind: 'unknown', ...base, summary: '微信事件 WeChat event: wave' },
  ]),
]
