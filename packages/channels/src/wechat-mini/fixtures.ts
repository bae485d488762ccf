import type { Fixture } from '../conformance-kit.ts'
import type { ChannelEvent, EventOf } from '../events.ts'

/** From the pages that README.md names, in JSON as it comes: ids are numbers that no double can hold. */

const openid = 'otDwO5EckxVWz0ItSW8XeWxknXAk'
const base = { at: '2026-11-22T08:00:00.000Z', from: { address: openid } }
const id = '22876340532172986'
const common = { ToUserName: 'gh_848b8d1809b5', FromUserName: openid, CreateTime: 1_795_334_400 }

export type BodyFixture = Omit<Fixture, 'request' | 'data'> & { body: string }

const said = (
  name: string,
  fields: object,
  event: Omit<EventOf<'message'>, 'kind' | 'at' | 'from' | 'id'>,
): BodyFixture => ({
  name,
  body: JSON.stringify({ ...common, ...fields }).replace(/\}$/u, `,"MsgId":${id}}`),
  ids: [`m${id}`],
  events: [{ kind: 'message', ...base, id, ...event }],
})
const happened = (name: string, fields: object, event: ChannelEvent): BodyFixture => ({
  name,
  body: JSON.stringify({ ...common, MsgType: 'event', ...fields }),
  events: [event],
})
const text = (words: string) => ({ type: 'text' as const, text: words, markup: 'none' as const })
const page = { Title: '订单', AppId: 'wx1', PagePath: 'pages/order', ThumbUrl: 'https://a.cn/t', ThumbMediaId: 'T' }
const xml = `<xml>
  <ToUserName><![CDATA[gh_848b8d1809b5]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName>
  <CreateTime>1795334400</CreateTime><MsgType><![CDATA[text]]></MsgType>
  <Content><![CDATA[<亲>]]></Content><MsgId>${id}</MsgId>
</xml>`

export const fixtures: readonly BodyFixture[] = [
  said('text', { MsgType: 'text', Content: '亲' }, { content: text('亲') }),
  {
    name: 'text in XML',
    body: xml,
    ids: [`m${id}`],
    events: [{ kind: 'message', ...base, id, content: text('<亲>') }],
  },
  said(
    'text for a merchant',
    { MsgType: 'text', Content: '亲', BusinessId: '7' },
    { content: text('亲'), referral: { source: 'business', parameter: '7' } },
  ),
  {
    name: 'text with an id of words',
    body: JSON.stringify({ ...common, MsgType: 'text', Content: '亲', MsgId: '49d72d67_1555684067' }),
    ids: ['m49d72d67_1555684067'],
    events: [{ kind: 'message', ...base, id: '49d72d67_1555684067', content: text('亲') }],
  },
  said(
    'image',
    { MsgType: 'image', PicUrl: 'http://mmbiz.qpic.cn/a', MediaId: 'M1' },
    { content: { type: 'image', media: { id: 'M1', url: 'http://mmbiz.qpic.cn/a' } } },
  ),
  said(
    'page of a mini program',
    { MsgType: 'miniprogrampage', ...page },
    {
      content: {
        type: 'card',
        title: '订单',
        imageUrl: 'https://a.cn/t',
        buttons: [],
        miniProgram: { appId: 'wx1', path: 'pages/order' },
      },
      extra: { thumbMediaId: 'T' },
    },
  ),
  said(
    'a kind of the future',
    { MsgType: 'hologram' },
    { content: { type: 'unsupported', summary: '微信消息 WeChat message: hologram' } },
  ),
  happened(
    'enter',
    { Event: 'user_enter_tempsession', SessionFrom: 'order-42' },
    {
      kind: 'acted',
      ...base,
      act: 'enter',
      words: '进入客服会话 Entered the chat',
      parameter: 'order-42',
    },
  ),
  happened(
    'enter from nowhere',
    { Event: 'user_enter_tempsession', SessionFrom: '' },
    {
      kind: 'acted',
      ...base,
      act: 'enter',
      words: '进入客服会话 Entered the chat',
    },
  ),
  happened(
    'notice',
    { Event: 'subscribe_msg_popup_event', List: { TemplateId: 'a' } },
    {
      kind: 'nothing',
      why: 'subscribe_msg_popup_event',
    },
  ),
  happened(
    'an event of the future',
    { Event: 'wave' },
    {
      kind: 'unknown',
      ...base,
      summary: '小程序事件 Mini program event: wave',
    },
  ),
]
