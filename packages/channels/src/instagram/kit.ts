import type { Kit } from '../conformance.ts'
import {
  accountId,
  at,
  fixtureOf,
  forgeries,
  lin,
  messagingAnswers,
  messagingSettings,
  ms,
  said,
  type Sample,
  samplesOf,
  signedMessaging,
  text,
} from '../families/meta/messaging-fixtures.ts'
import { brokenLimits } from '../families/meta/messaging-rules.ts'
import type { JsonObject } from '../json.ts'
import { objectIn, textIn } from '../families/meta/webhook.ts'
import type { Config } from './config.ts'

export const testConfig: Config = { accountId, ...messagingSettings }
const { shared, single, message } = samplesOf('instagram')
const change = (field: string, value: JsonObject): JsonObject => ({
  object: 'instagram',
  entry: [{ id: accountId, time: ms / 1000, changes: [{ field, value }] }],
})
const media = { id: '17900000000000002', media_product_type: 'FEED' }

const own: Sample[] = [
  message(
    'a reply to a story',
    { mid: 'm_20', text: 'Lovely', reply_to: { story: { id: '179', url: 'https://cdn.example/story' } } },
    said('m_20', text('Lovely'), { extra: { storyReply: { id: '179', url: 'https://cdn.example/story' } } }),
  ),
  message(
    'mentioned in a story',
    { mid: 'm_21', attachments: [{ type: 'story_mention', payload: { url: 'https://cdn.example/mention' } }] },
    said('m_21', text('https://cdn.example/mention'), { extra: { storyMention: 'https://cdn.example/mention' } }),
  ),
  message(
    'a reel',
    { mid: 'm_22', attachments: [{ type: 'ig_reel', payload: { url: 'https://cdn.example/reel', title: 'Tea' } }] },
    said('m_22', text('Tea\nhttps://cdn.example/reel'), { extra: { shared: 'ig_reel' } }),
  ),
  message('taken back', { mid: 'm_1', is_deleted: true }, { kind: 'recalled', at, from: lin, messageId: 'm_1' }),
  single('seen', { read: { mid: 'm_0' } }, { kind: 'receipt', at, to: lin.address, state: 'read', messageId: 'm_0' }),
  {
    name: 'a comment',
    body: change('comments', { id: '1786', from: { id: lin.address, username: 'lin' }, media, text: '多少钱？' }),
    ids: ['comment:1786'],
    events: [
      {
        kind: 'message',
        at,
        from: { address: lin.address, name: 'lin' },
        thread: { key: media.id, kind: 'public' },
        id: '1786',
        content: text('多少钱？'),
      },
    ],
  },
  {
    name: 'an answer to a comment, live',
    body: change('live_comments', {
      id: '1787',
      parent_id: '1786',
      from: { id: lin.address, username: 'lin' },
      media,
      text: 'And now?',
    }),
    events: [
      {
        kind: 'message',
        at,
        from: { address: lin.address, name: 'lin' },
        thread: { key: media.id, kind: 'public' },
        id: '1787',
        content: text('And now?'),
        replyTo: '1786',
      },
    ],
  },
  {
    name: 'a comment of our own',
    body: change('comments', { id: '1788', from: { id: accountId, username: 'shop' }, media, text: '¥128' }),
    events: [{ kind: 'nothing', why: 'A comment of our own' }],
  },
  {
    name: 'a mention',
    body: {
      object: 'instagram',
      entry: [{ id: accountId, time: ms, changes: [{ field: 'mentions', value: { media_id: '179' } }] }],
    },
    events: [{ kind: 'unknown', at, summary: 'Mentioned under 179' }],
  },
]

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, appSecret: 'another-app-secret', verifyToken: 'another-verify-token' },
  secrets: [testConfig.accessToken, testConfig.appSecret, testConfig.verifyToken],
  now: new Date(at),
  fixtures: [...shared, ...own].map(fixtureOf),
  sign: signedMessaging,
  forgeries,
  breaks: ({ request }) => brokenLimits('instagram', request),
  wordsOf: ({ request }) => textIn(objectIn(request.message).text) ?? '',
  to: lin.address,
  answers: messagingAnswers,
}
