import { textLength } from '../split-text.ts'
import type { Fixture, Kit } from '../conformance-kit.ts'
import type { HttpResponse, Part, RawRequest } from '../contract.ts'
import type { ReceivedContent } from '../events.ts'
import { isObject, type JsonObject } from '../json.ts'
import { signWebhook } from '../standard-webhooks.ts'
import { toJson } from '../without-undefined.ts'
import type { OpenConfig } from './config.ts'

/** What the conformance suite needs to know of this channel, and what customers' systems send, for tests. */

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwQ1paS0xN'
const now = new Date('2026-11-28T09:00:00.000Z')
const at = '2026-11-28T17:00:00.000+08:00'
const utc = '2026-11-28T09:00:00.000Z'
const customer = { id: 'c-7', name: '王芳', phone: '+8613800001234', language: 'zh-CN' }
const from = {
  address: 'c-7',
  aliases: [{ kind: 'phone' as const, value: '+8613800001234' }],
  name: '王芳',
  language: 'zh-CN',
}
const base = { at: utc, from }

export const signed = (body: Buffer, secrets = [secret], id = 'msg_1', time = now): RawRequest => ({
  method: 'POST',
  url: new URL('https://qiao.example/channels/open/1'),
  headers: { 'content-type': 'application/json', ...signWebhook(id, time, body, secrets) },
  body,
})
const posted = (...events: JsonObject[]): RawRequest =>
  signed(Buffer.from(JSON.stringify(events.length === 1 ? events[0] : { events })))
const event = (id: string, type: string, more: JsonObject): JsonObject => ({ id, at, customer, type, ...more })

const contents: ReceivedContent[] = [
  { type: 'text', text: '你好', markup: 'none' },
  ...(['image', 'audio', 'video', 'file'] as const).map((type) => ({
    type,
    media: { id: 'f-1', url: 'https://shop.example/f-1', mime: 'image/png', name: 'a.png', bytes: 12 },
    caption: '看',
  })),
  { type: 'location', latitude: 31.23, longitude: 121.47, title: '外滩' },
  { type: 'contact', name: '王芳', phones: ['+8613800001234'], emails: [], organisation: '山茶集' },
  { type: 'card', title: '龙井茶', buttons: [{ label: '看看', url: 'https://shop.example/a' }] },
  { type: 'menu', text: '请选择', style: 'quick', options: [{ id: 'a', label: '退货' }] },
  { type: 'form', title: '联系', fields: [{ name: 'phone', label: '电话', type: 'phone', required: true }] },
  { type: 'form-response', title: '联系', values: [{ name: 'phone', label: '电话', value: '138' }] },
  { type: 'product', sku: 'LJ-1', title: '龙井茶', url: 'https://shop.example/a' },
  { type: 'order', number: 'A-1', status: '已发货', lines: [{ title: '龙井茶', quantity: 2 }] },
  { type: 'article', title: '如何退货', url: 'https://shop.example/help' },
  { type: 'call', medium: 'voice', direction: 'in', outcome: 'missed', durationSeconds: 0 },
  { type: 'template', name: 'order_sent', language: 'zh', parameters: ['A-1'], text: '您的订单 A-1' },
  { type: 'unsupported', summary: 'A poll' },
]

const kindsOfEvents =
  "'message' | 'echo' | 'edited' | 'recalled' | 'reacted' | 'typing' | 'receipt' | 'acted' | 'consent' | 'moved' | 'account' | 'ping'"
const fixtures: Fixture[] = [
  ...contents.map((content): Fixture => ({
    name: `a message of kind ${content.type}`,
    request: posted(event(`e-${content.type}`, 'message', { messageId: 'm-1', content: toJson(content) })),
    ids: [`e-${content.type}`],
    events: [{ ...base, kind: 'message', id: 'm-1', content }],
  })),
  {
    name: 'a message with all that can go with it',
    request: posted(
      event('e-2', 'message', {
        messageId: 'm-2',
        content: { type: 'text', text: '退货', somethingNew: 1 },
        replyTo: 'm-1',
        choice: 'a',
        referral: { source: 'ad', parameter: 'x', title: 'Tea', url: 'https://shop.example/ad' },
        extra: { page: 'cart' },
        thread: { key: 'g-1', kind: 'group', title: 'Neighbours' },
      }),
    ),
    events: [
      {
        ...base,
        kind: 'message',
        id: 'm-2',
        content: { type: 'text', text: '退货', markup: 'none' },
        replyTo: 'm-1',
        choice: 'a',
        referral: { source: 'ad', parameter: 'x', title: 'Tea', url: 'https://shop.example/ad' },
        extra: { page: 'cart' },
        thread: { key: 'g-1', kind: 'group', title: 'Neighbours' },
      },
    ],
  },
  {
    name: 'all other events in one request',
    request: posted(
      event('e-10', 'echo', { messageId: 'm-3', content: { type: 'text', text: 'Hi' } }),
      event('e-11', 'edited', { messageId: 'm-1', content: { type: 'text', text: 'Hi!' } }),
      event('e-12', 'recalled', { messageId: 'm-1' }),
      event('e-13', 'reacted', { messageId: 'm-3', emoji: '👍' }),
      event('e-14', 'typing', { on: true }),
      event('e-15', 'receipt', { state: 'delivered', messageId: 'm-3' }),
      event('e-16', 'receipt', { state: 'read', upTo: at }),
      event('e-17', 'receipt', { state: 'failed', messageId: 'm-3', problem: { code: 'unreachable', detail: 'Off' } }),
      event('e-18', 'acted', { act: 'visit', words: 'Opened the cart', parameter: 'cart' }),
      event('e-19', 'consent', { wanted: false }),
      event('e-20', 'moved', { toId: 'c-8' }),
      { id: 'e-21', at, type: 'account', problem: { code: 'account-restricted' } },
      { id: 'e-22', at, type: 'ping' },
      event('e-23', 'poll-answered', { option: 1 }),
    ),
    ids: Array.from({ length: 14 }, (_, index) => `e-${index + 10}`),
    events: [
      { ...base, kind: 'echo', id: 'm-3', content: { type: 'text', text: 'Hi', markup: 'none' }, ours: false },
      { ...base, kind: 'edited', messageId: 'm-1', content: { type: 'text', text: 'Hi!', markup: 'none' } },
      { ...base, kind: 'recalled', messageId: 'm-1' },
      { ...base, kind: 'reacted', messageId: 'm-3', emoji: '👍' },
      { ...base, kind: 'typing', on: true },
      { kind: 'receipt', at: utc, to: 'c-7', state: 'delivered', messageId: 'm-3' },
      { kind: 'receipt', at: utc, to: 'c-7', state: 'read', upTo: utc },
      {
        kind: 'receipt',
        at: utc,
        to: 'c-7',
        state: 'failed',
        messageId: 'm-3',
        problem: { code: 'unreachable', detail: 'Off' },
      },
      { ...base, kind: 'acted', act: 'visit', words: 'Opened the cart', parameter: 'cart' },
      { ...base, kind: 'consent', wanted: false },
      { ...base, kind: 'moved', toAddress: 'c-8' },
      { kind: 'account', at: utc, problem: { code: 'account-restricted' } },
      { kind: 'nothing', why: 'A test of the connection' },
      { kind: 'unknown', at: utc, summary: `type: Invalid discriminator value. Expected ${kindsOfEvents}` },
    ],
  },
]

const contentOf = ({ request }: Part): Record<string, unknown> => (isObject(request.content) ? request.content : {})
const textOf = (part: Part): string => {
  const { text } = contentOf(part)
  return typeof text === 'string' ? text : ''
}
const wordsOf = (part: Part): string => {
  const { caption } = contentOf(part)
  return typeof caption === 'string' ? caption : textOf(part)
}
const answer = (status: number, body: object = {}, headers = {}): HttpResponse => ({
  kind: 'answer',
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
})

export const openKit: Kit<OpenConfig> = {
  config: { endpointUrl: 'https://shop.example/qiao', secret, templatesAfterwards: false, reactions: true },
  otherSecrets: {
    endpointUrl: 'https://shop.example/qiao',
    secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    templatesAfterwards: false,
    reactions: true,
  },
  secrets: [secret],
  now,
  to: 'c-7',
  fixtures,
  sign: (body) => signed(body),
  forgeries: [
    (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
    ({ headers: { 'webhook-signature': _signature, ...headers }, ...request }) => ({ ...request, headers }),
    (request) => ({ ...request, headers: { ...request.headers, 'webhook-id': 'msg_2' } }),
    (request) => signed(request.body, [secret], 'msg_1', new Date(now.getTime() - 301_000)),
    (request) => signed(request.body, [secret], 'msg_1', new Date(now.getTime() + 302_000)),
  ],
  breaks(part) {
    const content = contentOf(part)
    const broken: string[] = []
    if (content.type === 'text' && textLength(textOf(part), 'utf-16') > 10_000)
      broken.push('A text has at most 10,000 units')
    if (typeof part.request.plain !== 'string' || part.request.plain === '') broken.push('The words are missing')
    if (isObject(content.attachment) && typeof content.attachment.url !== 'string') broken.push('A file has no address')
    return broken
  },
  wordsOf,
  answers: [
    { name: '200 with an id', answers: [answer(200, { id: 'm-9' })], gives: { kind: 'accepted', messageId: 'm-9' } },
    { name: '202 without a body', answers: [answer(202)], gives: { kind: 'accepted', messageId: null } },
    {
      name: '200 moved',
      answers: [answer(200, { id: 'm', movedTo: 'c-8' })],
      gives: { kind: 'accepted', moved: 'c-8' },
    },
    {
      name: '302',
      answers: [answer(302)],
      gives: { kind: 'rejected', problem: { code: 'not-connected', providerCode: '302' } },
    },
    {
      name: '403 with a code of ours',
      answers: [answer(403, { code: 'window-closed', detail: 'Too late' })],
      gives: {
        kind: 'rejected',
        problem: { code: 'window-closed', detail: 'Too late', providerCode: 'window-closed' },
      },
    },
    {
      name: '422 with a code of its own',
      answers: [answer(422, { code: 'no-cards' })],
      gives: { kind: 'rejected', problem: { code: 'content-refused', providerCode: 'no-cards' } },
    },
    {
      name: '401',
      answers: [answer(401)],
      gives: { kind: 'rejected', problem: { code: 'credentials-refused', providerCode: '401' } },
    },
    {
      name: '404',
      answers: [answer(404)],
      gives: { kind: 'rejected', problem: { code: 'address-unknown', providerCode: '404' } },
    },
    {
      name: '413',
      answers: [answer(413)],
      gives: { kind: 'rejected', problem: { code: 'too-large', providerCode: '413' } },
    },
    { name: '429', answers: [answer(429, {}, { 'retry-after': '7' })], gives: { kind: 'retry', afterMs: 7000 } },
    { name: '408', answers: [answer(408)], gives: { kind: 'retry', afterMs: null } },
    {
      name: '503',
      answers: [answer(503)],
      gives: { kind: 'retry', afterMs: null, problem: { code: 'provider-failed', providerCode: '503' } },
    },
  ],
}
