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
import { objectIn, textIn } from '../families/meta/webhook.ts'
import type { Config } from './config.ts'

export const testConfig: Config = { pageId: accountId, ...messagingSettings }
const { shared, single, message, envelope } = samplesOf('page')

const own: Sample[] = [
  message(
    'a place',
    {
      mid: 'm_20',
      attachments: [{ type: 'location', title: '外滩', payload: { coordinates: { lat: 31.23, long: 121.47 } } }],
    },
    said('m_20', { type: 'location', latitude: 31.23, longitude: 121.47, title: '外滩' }),
  ),
  message(
    'a link that it previews',
    {
      mid: 'm_21',
      text: 'https://a.example',
      attachments: [{ type: 'fallback', title: 'A', url: 'https://a.example', payload: null }],
    },
    said('m_21', text('https://a.example')),
  ),
  single(
    'delivered up to',
    { delivery: { mids: ['m_0'], watermark: ms - 1000 } },
    { kind: 'receipt', at, to: lin.address, state: 'delivered', upTo: '2026-07-01T09:59:59.000Z' },
  ),
  single('read up to', { read: { watermark: ms } }, { kind: 'receipt', at, to: lin.address, state: 'read', upTo: at }),
  single(
    'an opt-in',
    { optin: { ref: 'footer', user_ref: 'x' } },
    { kind: 'acted', at, from: lin, act: 'optin', words: 'Wants to hear from us' },
  ),
  single(
    'our own with its key',
    {
      sender: { id: accountId },
      recipient: { id: lin.address },
      message: { mid: 'm_22', is_echo: true, app_id: 1, metadata: 'qiao:key-1', text: 'Hello' },
    },
    { kind: 'echo', at, from: lin, id: 'm_22', content: text('Hello'), ours: true, key: 'key-1' },
  ),
  single(
    'the Page is blocked',
    { policy_enforcement: { action: 'block', reason: 'Spam' } },
    { kind: 'account', at, problem: { code: 'account-restricted', detail: 'Spam' } },
  ),
  {
    name: 'a comment under a post',
    body: envelope({ changes: [{ field: 'feed', value: { item: 'comment' } }] }),
    events: [{ kind: 'nothing', why: 'Webhook field feed' }],
  },
  {
    name: 'a new comment under a post',
    body: envelope({ changes: [{ field: 'feed', value: { item: 'comment', verb: 'add' } }] }),
    events: [{ kind: 'unknown', at, summary: 'A comment under a post of the Page' }],
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
  breaks({ request, attachmentIds }) {
    const { attachment } = objectIn(request.message)
    const uploaded = { attachment: { ...objectIn(attachment), payload: { attachment_id: '1' } } }
    return brokenLimits('messenger', attachmentIds?.length ? { ...request, message: uploaded } : request)
  },
  wordsOf: ({ request }) => textIn(objectIn(request.message).text) ?? '',
  to: lin.address,
  answers: messagingAnswers,
}
