import type { Fixture } from '../conformance-kit.ts'
import type { ChannelEvent, EventOf } from '../events.ts'
import type { JsonObject } from '../json.ts'

/** From the pages that README.md names; ids are made up. */

const customer = 'wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw'
const at = '2026-11-22T08:00:00.000Z'
const base = { at, from: { address: customer } }
const id = '4ezaqTBnQRtJYxEM'

const common = { msgid: id, open_kfid: 'wkAJ2GCAAASSm4Fh', external_userid: customer, send_time: 1_795_334_400 }
const said = (
  name: string,
  fields: JsonObject,
  event: Omit<EventOf<'message'>, 'kind' | 'at' | 'from' | 'id'>,
): Fixture => ({
  name,
  data: { ...common, origin: 3, servicer_userid: '', ...fields },
  events: [{ kind: 'message', ...base, id, ...event }],
})
const happened = (name: string, event: JsonObject, events: readonly ChannelEvent[]): Fixture => ({
  name,
  data: {
    msgid: id,
    send_time: 1_795_334_400,
    origin: 4,
    msgtype: 'event',
    event: { open_kfid: 'wkAJ2GCAAASSm4Fh', external_userid: customer, ...event },
  },
  events,
})
const text = (words: string) => ({ type: 'text' as const, text: words, markup: 'none' as const })
const unsupported = (summary: string) => ({ content: { type: 'unsupported' as const, summary } })
const failed = (type: number, problem: EventOf<'receipt'>['problem']): Fixture =>
  happened(`failed ${type}`, { event_type: 'msg_send_fail', fail_msgid: 'sent-1', fail_type: type }, [
    { kind: 'receipt', at, to: customer, state: 'failed', messageId: 'sent-1', ...(problem ? { problem } : {}) },
  ])
const link = { title: '文章', desc: '看看', url: 'https://a.cn/b', pic_url: 'https://a.cn/p.jpg' }
const page = { title: '订单', appid: 'wx1', pagepath: 'pages/order', thumb_media_id: 'T' }
const shop = { shop_nickname: '茶铺', shop_head_image: 'https://a.cn/s' }
const items: JsonObject[] = [
  { type: 'click', click: { id: '1', content: '退货' } },
  { type: 'view', view: { url: 'https://a.cn', content: '官网' } },
]
const forwarded = [
  { send_time: 1, msgtype: 'text', sender_name: '李雷', msg_content: '{"text":{"content":"在吗"}}' },
  { send_time: 2, msgtype: 'image', sender_name: '韩梅梅', msg_content: '{"image":{"media_id":"M"}}' },
]

const session = (
  name: string,
  change: Record<string, string | number>,
  event: Pick<EventOf<'session'>, 'state' | 'words' | 'opens'>,
): Fixture =>
  happened(name, { event_type: 'session_status_change', ...change }, [{ kind: 'session', ...base, ...event }])

export const fixtures: readonly Fixture[] = [
  said('text', { msgtype: 'text', text: { content: '在吗' } }, { content: text('在吗') }),
  said(
    'choice in a menu',
    { msgtype: 'text', text: { content: '退货', menu_id: '101' } },
    { content: text('退货'), choice: '101' },
  ),
  said('image', { msgtype: 'image', image: { media_id: 'M1' } }, { content: { type: 'image', media: { id: 'M1' } } }),
  said(
    'voice',
    { msgtype: 'voice', voice: { media_id: 'M2' } },
    { content: { type: 'audio', media: { id: 'M2', mime: 'audio/amr' } } },
  ),
  said(
    'video',
    { msgtype: 'video', video: { media_id: 'M3' } },
    { content: { type: 'video', media: { id: 'M3', mime: 'video/mp4' } } },
  ),
  said('file', { msgtype: 'file', file: { media_id: 'M4' } }, { content: { type: 'file', media: { id: 'M4' } } }),
  said(
    'location',
    { msgtype: 'location', location: { latitude: 23.106, longitude: 113.324, name: '广州塔', address: '海珠区' } },
    { content: { type: 'location', latitude: 23.106, longitude: 113.324, title: '广州塔', address: '海珠区' } },
  ),
  said(
    'link',
    { msgtype: 'link', link },
    {
      content: {
        type: 'card',
        title: '文章',
        text: '看看',
        imageUrl: 'https://a.cn/p.jpg',
        buttons: [{ label: 'a.cn', url: 'https://a.cn/b' }],
      },
    },
  ),
  said(
    'mini program',
    { msgtype: 'miniprogram', miniprogram: page },
    {
      content: { type: 'card', title: '订单', buttons: [], miniProgram: { appId: 'wx1', path: 'pages/order' } },
      extra: { thumbMediaId: 'T' },
    },
  ),
  said(
    'product of a shop',
    {
      msgtype: 'channels_shop_product',
      channels_shop_product: {
        product_id: '42',
        title: '龙井茶',
        head_image: 'https://a.cn/p',
        sales_price: '12800',
        ...shop,
      },
    },
    {
      content: {
        type: 'product',
        sku: '42',
        title: '龙井茶',
        priceMinorUnits: 12_800,
        currency: 'CNY',
        imageUrl: 'https://a.cn/p',
      },
      extra: { shop: '茶铺' },
    },
  ),
  said(
    'order of a shop',
    {
      msgtype: 'channels_shop_order',
      channels_shop_order: {
        order_id: '3704',
        product_titles: '龙井茶',
        price_wording: '¥128.00',
        state: '待收货',
        ...shop,
      },
    },
    {
      content: { type: 'order', number: '3704', status: '待收货', lines: [{ title: '龙井茶', quantity: 1 }] },
      extra: { price: '¥128.00', shop: '茶铺' },
    },
  ),
  said(
    'forwarded chat',
    { msgtype: 'merged_msg', merged_msg: { title: '聊天记录', item: forwarded } },
    { content: text('聊天记录\n李雷: 在吗\n韩梅梅: [image]') },
  ),
  said(
    'business card',
    { msgtype: 'business_card', business_card: { userid: 'lisi' } },
    unsupported('名片 Business card: lisi'),
  ),
  said(
    'channels',
    { msgtype: 'channels', channels: { sub_type: 1, nickname: '茶铺', title: '新茶' } },
    unsupported('视频号 Channels: 茶铺 · 新茶'),
  ),
  said(
    'meeting',
    { msgtype: 'meeting', meeting: { name: '周会' } },
    unsupported('微信客服消息 Message: meeting · 周会'),
  ),
  said('note', { msgtype: 'note' }, unsupported('微信客服消息 Message: note')),
  {
    name: 'menu of a colleague',
    data: {
      ...common,
      origin: 5,
      servicer_userid: 'zhangsan',
      msgtype: 'msgmenu',
      msgmenu: { head_content: '请选择', list: items, tail_content: '谢谢' },
    },
    events: [{ kind: 'echo', ...base, id, content: text('请选择\n退货\n官网\n谢谢'), ours: false }],
  },
  {
    name: 'of an origin of the future',
    data: { ...common, origin: 9, msgtype: 'text', text: { content: 'x' } },
    events: [{ kind: 'unknown', ...base, summary: 'A message of origin 9' }],
  },
  happened('enter', { event_type: 'enter_session', scene: '', welcome_code: 'W1' }, [
    { kind: 'acted', ...base, act: 'enter', words: '进入会话 Entered the chat' },
  ]),
  happened(
    'enter by a link, without a code for a welcome',
    { event_type: 'enter_session', scene: '123', scene_param: 'a%3D1', wechat_channels: {} },
    [{ kind: 'acted', ...base, act: 'visit', words: '进入会话 Entered the chat', parameter: '123?a=1' }],
  ),
  failed(0, { code: 'provider-failed', detail: '未知原因 Unknown', providerCode: '0' }),
  failed(4, { code: 'window-closed', detail: '会话已过期，超过 48 小时 More than 48 hours', providerCode: '4' }),
  failed(6, { code: 'quota-used', detail: '超过 5 条限制 More than 5 messages', providerCode: '6' }),
  failed(12, {
    code: 'unsupported',
    detail: '微信客服禁发的消息类型 A kind of message that may not be sent',
    providerCode: '12',
  }),
  failed(10, { code: 'opted-out', detail: '用户拒收 The customer refuses messages', providerCode: '10' }),
  happened('recalled by the customer', { event_type: 'user_recall_msg', recall_msgid: 'm-1' }, [
    { kind: 'recalled', ...base, messageId: 'm-1' },
  ]),
  happened('recalled by a colleague', { event_type: 'servicer_recall_msg', recall_msgid: 'm-2' }, [
    { kind: 'recalled', ...base, messageId: 'm-2' },
  ]),
  happened('state of a colleague', { event_type: 'servicer_status_change', servicer_userid: 'zhangsan', status: 1 }, [
    { kind: 'nothing', why: 'servicer_status_change' },
  ]),
  session(
    'taken from the pool',
    { change_type: 1, new_servicer_userid: 'zhangsan', msg_code: 'C1' },
    {
      state: 'theirs',
      words: '企业微信中 zhangsan 接待了客户 Taken over in WeCom by zhangsan',
    },
  ),
  session(
    'handed on',
    { change_type: 2, old_servicer_userid: 'zhangsan', new_servicer_userid: 'lisi' },
    {
      state: 'theirs',
      words: '企业微信中由 zhangsan 转接给 lisi Handed on in WeCom to lisi',
    },
  ),
  session(
    'ended',
    { change_type: 3, old_servicer_userid: 'lisi', msg_code: 'C2' },
    {
      state: 'over',
      words: '企业微信中 lisi 结束了会话 Ended in WeCom by lisi',
      opens: 'end',
    },
  ),
  session(
    'taken up again',
    { change_type: 4, new_servicer_userid: 'lisi' },
    {
      state: 'theirs',
      words: '企业微信中 lisi 接待了客户 Taken over in WeCom by lisi',
    },
  ),
  happened('a change of the future', { event_type: 'session_status_change', change_type: 9 }, [
    { kind: 'nothing', why: 'session_status_change 9' },
  ]),
  happened('an event of the future', { event_type: 'wave' }, [
    { kind: 'unknown', ...base, summary: '微信客服事件 Customer service event: wave' },
  ]),
]
