import type { Fixture, Kit } from '../conformance.ts'
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
  {
    name: 'a comment as the entry itself',
    body: {
      object: 'instagram',
      entry: [
        {
          id: accountId,
          time: ms / 1000,
          field: 'comments',
          value: { id: '1789', from: { id: lin.address, username: 'lin' }, media, text: '还有吗？' },
        },
      ],
    },
    ids: ['comment:1789'],
    events: [
      {
        kind: 'message',
        at,
        from: { address: lin.address, name: 'lin' },
        thread: { key: media.id, kind: 'public' },
        id: '1789',
        content: text('还有吗？'),
      },
    ],
  },
  {
    name: 'an entry of a shape of its own',
    body: { object: 'instagram', entry: [{ id: accountId, time: ms / 1000, hop_context: [] }] },
    events: [{ kind: 'unknown', at, summary: 'Entry with id, time, hop_context' }],
  },
]

/** Mentions as they are once what they say was fetched. */
const mentionOf = (value: JsonObject, mentioned: JsonObject) => ({
  account: accountId,
  change: { field: 'mentions', value },
  time: ms,
  mentioned,
})
const inMention = { at: '2026-06-30T10:00:00.000Z', thread: { key: 'mention:179', kind: 'public' as const } }
const timestamp = '2026-06-30T10:00:00+0000'
const completed: Fixture[] = [
  {
    name: 'mentioned in a comment',
    data: mentionOf(
      { media_id: '179', comment_id: '1790' },
      { id: '1790', text: '@shop 看', timestamp, username: 'lin' },
    ),
    events: [
      {
        kind: 'message',
        ...inMention,
        from: { address: '@lin', name: 'lin' },
        id: '1790',
        content: text('@shop 看'),
        extra: { mentioned: 'comment' },
      },
    ],
  },
  {
    name: 'mentioned in a caption',
    data: mentionOf({ media_id: '179' }, { text: 'By @shop', timestamp, permalink: 'https://www.instagram.com/p/a/' }),
    events: [
      {
        kind: 'message',
        ...inMention,
        from: { address: '@?caption:179', name: 'Instagram' },
        id: 'caption:179',
        content: text('By @shop'),
        extra: { mentioned: 'caption', url: 'https://www.instagram.com/p/a/' },
      },
    ],
  },
]

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, appSecret: 'another-app-secret', verifyToken: 'another-verify-token' },
  secrets: [testConfig.accessToken, testConfig.appSecret, testConfig.verifyToken],
  now: new Date(at),
  fixtures: [...[...shared, ...own].map(fixtureOf), ...completed],
  sign: signedMessaging,
  forgeries,
  breaks: ({ request }) => brokenLimits('instagram', request),
  wordsOf: ({ request }) => textIn(objectIn(request.message).text) ?? '',
  to: lin.address,
  answers: messagingAnswers,
}
