import type { Fixture } from '../../conformance.ts'
import type { HttpResponse, RawRequest } from '../../contract.ts'
import type { ChannelEvent } from '../../events.ts'
import type { JsonObject } from '../../json.ts'
import { signedDelivery } from './simulator.ts'
import { signatureOf } from './webhook.ts'

/** For tests of Messenger and Instagram. */
export const messagingSettings = {
  accessToken: 'EAAtest-page-token',
  appId: '1517776481860111',
  appSecret: 'test-app-secret',
  verifyToken: 'test-verify-token',
  apiUrl: 'https://graph.example/v26.0',
}
export const accountId = '17841400000000001'
export const lin = { address: '6789000000000001' }
export const ms = 1_782_900_000_000
export const at = '2026-07-01T10:00:00.000Z'

export type Sample = Omit<Fixture, 'request' | 'data'> & { body: JsonObject }
type MessageEvent = Extract<ChannelEvent, { kind: 'message' }>
export const text = (words: string): MessageEvent['content'] => ({ type: 'text', text: words, markup: 'none' })
export const said = (id: string, content: MessageEvent['content'], more: Partial<MessageEvent> = {}): ChannelEvent => ({
  kind: 'message',
  at,
  from: lin,
  id,
  content,
  ...more,
})

export const signedMessaging = (body: Buffer): RawRequest => ({
  method: 'POST',
  url: new URL('https://qiao.example/channels/meta'),
  headers: { 'x-hub-signature-256': `sha256=${signatureOf(body, messagingSettings.appSecret)}` },
  body,
})
export const fixtureOf = ({ body, ...rest }: Sample): Fixture => ({
  ...rest,
  request: signedMessaging(Buffer.from(String(signedDelivery('', body, messagingSettings.appSecret).body))),
})
export const forgeries: readonly ((request: RawRequest) => RawRequest)[] = [
  (request) => ({ ...request, headers: {} }),
  (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
  (request) => ({ ...request, headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } }),
]

const file = (type: string) => ({ type, payload: { url: `https://cdn.example/${type}` } })

/** Samples of one product; both write events in the same way. */
export function samplesOf(object: 'page' | 'instagram') {
  const envelope = (entry: JsonObject): JsonObject => ({ object, entry: [{ id: accountId, time: ms, ...entry }] })
  const item = (facts: JsonObject): JsonObject => ({
    sender: { id: lin.address },
    recipient: { id: accountId },
    timestamp: ms,
    ...facts,
  })
  const single = (name: string, facts: JsonObject, ...events: ChannelEvent[]): Sample => ({
    name,
    body: envelope({ messaging: [item(facts)] }),
    events,
  })
  const message = (name: string, facts: JsonObject, ...events: ChannelEvent[]): Sample => ({
    ...single(name, { message: facts }, ...events),
    ids: [(facts.is_deleted === true ? 'deleted:' : '') + (typeof facts.mid === 'string' ? facts.mid : '')],
  })
  const shared: Sample[] = [
    message('text', { mid: 'm_1', text: '你好/😀' }, said('m_1', text('你好/😀'))),
    message(
      'reply with a chip',
      { mid: 'm_2', text: '退货', quick_reply: { payload: 'a' }, reply_to: { mid: 'm_0' } },
      said('m_2', text('退货'), { replyTo: 'm_0', choice: 'a' }),
    ),
    message(
      'files',
      { mid: 'm_3', attachments: ['image', 'video', 'audio', 'file', 'sticker'].map(file) },
      said('m_3', { type: 'image', media: { url: 'https://cdn.example/image' } }),
      said('m_3#2', { type: 'video', media: { url: 'https://cdn.example/video' } }),
      said('m_3#3', { type: 'audio', media: { url: 'https://cdn.example/audio' } }),
      said('m_3#4', { type: 'file', media: { url: 'https://cdn.example/file' } }),
      said('m_3#5', { type: 'image', media: { url: 'https://cdn.example/sticker' } }),
    ),
    message(
      'picture with words',
      { mid: 'm_4', text: 'Broken', attachments: [file('image')] },
      said('m_4', { type: 'image', media: { url: 'https://cdn.example/image' }, caption: 'Broken' }),
    ),
    message(
      'from an advertisement',
      { mid: 'm_5', text: 'Hi', referral: { ref: 'spring', source: 'ADS', type: 'OPEN_THREAD', ad_id: '612' } },
      said('m_5', text('Hi'), { referral: { source: 'ADS', parameter: 'spring' } }),
    ),
    message(
      'of a kind that is not passed on',
      { mid: 'm_6', is_unsupported: true },
      said('m_6', { type: 'unsupported', summary: 'A kind of message that Meta does not pass on' }),
    ),
    message(
      'something shared',
      { mid: 'm_7', attachments: [{ type: 'share', payload: { url: 'https://a.example/p', title: 'Tea' } }] },
      said('m_7', text('Tea\nhttps://a.example/p'), { extra: { shared: 'share' } }),
    ),
    single(
      'a pressed button',
      { postback: { mid: 'm_8', title: 'Get started', payload: 'START', referral: { source: 'SHORTLINK', ref: 'x' } } },
      said('m_8', text('Get started'), { choice: 'START', referral: { source: 'SHORTLINK', parameter: 'x' } }),
    ),
    single(
      'a reaction',
      { reaction: { mid: 'm_0', action: 'react', reaction: 'love', emoji: '❤️' } },
      { kind: 'reacted', at, from: lin, messageId: 'm_0', emoji: '❤️' },
    ),
    single(
      'a reaction taken back',
      { reaction: { mid: 'm_0', action: 'unreact' } },
      { kind: 'reacted', at, from: lin, messageId: 'm_0', emoji: null },
    ),
    single(
      'an edit',
      { message_edit: { mid: 'm_1', text: 'Hey', num_edit: 1 } },
      { kind: 'edited', at, from: lin, messageId: 'm_1', content: text('Hey') },
    ),
    single(
      'a link with a parameter',
      { referral: { ref: 'spring', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
      { kind: 'acted', at, from: lin, act: 'referral', words: 'SHORTLINK spring', parameter: 'spring' },
    ),
    single(
      'written in the Business Suite',
      {
        sender: { id: accountId },
        recipient: { id: lin.address },
        message: { mid: 'm_9', is_echo: true, app_id: 263_902_037_430_900, text: 'On the way' },
      },
      { kind: 'echo', at, from: lin, id: 'm_9', content: text('On the way'), ours: false },
    ),
    single(
      'our own',
      {
        sender: { id: accountId },
        recipient: { id: lin.address },
        message: { mid: 'm_10', is_echo: true, app_id: 1_517_776_481_860_111, text: 'Hello' },
      },
      { kind: 'echo', at, from: lin, id: 'm_10', content: text('Hello'), ours: true },
    ),
    single(
      'handed over',
      { pass_thread_control: { previous_owner_app_id: 263_902_037_430_900, new_owner_app_id: 1_517_776_481_860_111 } },
      { kind: 'nothing', why: 'Conversation routing: pass_thread_control' },
    ),
    single(
      'of tomorrow',
      { hologram: {} },
      {
        kind: 'unknown',
        at,
        summary: 'Event with sender, recipient, timestamp, hologram',
        from: lin,
      },
    ),
    {
      name: 'what another app holds',
      body: envelope({ standby: [item({ message: { mid: 'm_11', text: 'Hi' } })] }),
      ids: ['standby:m_11'],
      events: [
        {
          kind: 'unknown',
          at,
          summary: 'Another app holds this conversation, so that it cannot be answered here',
          from: lin,
        },
      ],
    },
    {
      name: 'what another app answers',
      body: envelope({
        standby: [
          item({
            sender: { id: accountId },
            recipient: { id: lin.address },
            message: { mid: 'm_13', text: 'Hi', is_echo: true },
          }),
          item({ read: { watermark: ms } }),
        ],
      }),
      events: [
        { kind: 'nothing', why: 'Another app holds this conversation' },
        { kind: 'nothing', why: 'Another app holds this conversation' },
      ],
    },
    {
      name: 'for another account',
      body: { object, entry: [{ id: '999', time: ms, messaging: [item({ message: { mid: 'm_12', text: 'Hi' } })] }] },
      events: [{ kind: 'nothing', why: 'For another account of the same app' }],
    },
  ]
  return { shared, single, message, envelope }
}

export const httpAnswer = (status: number, body: object): HttpResponse => ({
  kind: 'answer',
  status,
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
})
const error = (status: number, code: number, subcode?: number): HttpResponse =>
  httpAnswer(status, {
    error: {
      message: `(#${code}) Said by Meta`,
      type: 'OAuthException',
      code,
      error_subcode: subcode,
      fbtrace_id: 'A',
    },
  })

const refusals: readonly [number, number, number | undefined, string, 'retry' | 'rejected'][] = [
  [401, 190, 463, 'credentials-refused', 'rejected'],
  [400, 10, 2_018_278, 'window-closed', 'rejected'],
  [400, 10, 2_534_022, 'window-closed', 'rejected'],
  [400, 10, 1_893_063, 'account-restricted', 'rejected'],
  [400, 10, undefined, 'not-permitted', 'rejected'],
  [400, 100, 2_018_001, 'address-unknown', 'rejected'],
  [400, 100, 2_534_014, 'address-unknown', 'rejected'],
  [400, 100, 2_018_047, 'media-refused', 'rejected'],
  [400, 100, 2_018_109, 'too-large', 'rejected'],
  [400, 100, undefined, 'content-refused', 'rejected'],
  [403, 200, undefined, 'not-permitted', 'rejected'],
  [403, 200, 1_545_041, 'unreachable', 'rejected'],
  [400, 230, undefined, 'not-permitted', 'rejected'],
  [400, 551, 1_545_041, 'unreachable', 'rejected'],
  [403, 368, undefined, 'account-restricted', 'rejected'],
  [429, 613, undefined, 'rate-limited', 'retry'],
  [429, 4, undefined, 'rate-limited', 'retry'],
  [400, 80_006, undefined, 'rate-limited', 'retry'],
  [500, 1200, undefined, 'provider-failed', 'retry'],
  [500, 2, undefined, 'provider-failed', 'retry'],
]
export const problemsByCode = refusals.map(([status, code, subcode, problem, kind]) => ({
  name: subcode === undefined ? `${code}` : `${code}/${subcode}`,
  answer: error(status, code, subcode),
  problem,
  kind,
}))
export const messagingAnswers = [
  {
    name: 'accepted',
    answers: [httpAnswer(200, { recipient_id: lin.address, message_id: 'm_A' })],
    gives: { kind: 'accepted' as const, messageId: 'm_A' },
  },
  ...problemsByCode.map(({ name, answer, kind }) => ({ name, answers: [answer], gives: { kind } })),
  { name: 'of a gateway that gave up', answers: [httpAnswer(504, {})], gives: { kind: 'unknown' as const } },
]
