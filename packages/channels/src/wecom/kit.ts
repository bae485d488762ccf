import type { Kit } from '../conformance-kit.ts'
import type { Part } from '../contract.ts'
import {
  commonAnswers,
  forgeries,
  kitNow,
  okAnswer,
  refusal,
  signedCallback,
  tokenAnswer,
} from '../families/wechat/kit.ts'
import { toXml } from '../families/wechat/simulator.ts'
import type { Config } from './config.ts'
import { fixtures } from './fixtures.ts'
import { messageDoubt, shownOf } from './simulator-rules.ts'

export const testConfig: Config = {
  corpId: 'wx5823bf96d3bd56c7',
  secret: 'the-app-secret-of-tests',
  openKfId: 'wkAJ2GCAAASSm4Fh',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  closing: 'end',
  apiUrl: 'https://qyapi.weixin.example',
}
export const signed = (body: Buffer | string) => signedCallback(body, testConfig, testConfig.corpId)

export const notification = (more: Record<string, string> = {}): string =>
  toXml({
    ToUserName: testConfig.corpId,
    CreateTime: 1_795_334_400,
    MsgType: 'event',
    Event: 'kf_msg_or_event',
    Token: 'ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR',
    OpenKfId: testConfig.openKfId,
    ...more,
  })

function wordsOf({ request }: Part): string {
  const { text, choices = [] } = shownOf(request, { find: () => undefined })
  return [text, ...choices.map(({ label }) => label)].join('\n')
}
function breaks({ request }: Part): string[] {
  const doubt = messageDoubt(request, null)
  return doubt ? [doubt.join(' ')] : []
}

const refusals: readonly Parameters<typeof refusal>[] = [
  [-1, 'provider-failed', 'retry'],
  [45_009, 'rate-limited', 'retry'],
  [45_033, 'rate-limited', 'retry'],
  [40_007, 'media-gone', 'rejected'],
  [40_008, 'unsupported', 'rejected'],
  [40_009, 'too-large', 'rejected'],
  [40_013, 'credentials-refused', 'rejected'],
  [40_058, 'content-refused', 'rejected'],
  [40_096, 'address-unknown', 'rejected'],
  [48_002, 'not-permitted', 'rejected'],
  [60_020, 'not-permitted', 'rejected'],
  [95_000, 'not-permitted', 'rejected'],
  [95_001, 'quota-used', 'rejected'],
  [95_004, 'not-permitted', 'rejected'],
  [95_011, 'not-permitted', 'rejected'],
  [95_013, 'window-closed', 'rejected'],
  [95_017, 'not-permitted', 'rejected'],
  [95_018, 'window-closed', 'rejected'],
  [99_999, 'content-refused', 'rejected'],
]

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, token: 'anothertoken' },
  secrets: [testConfig.secret, testConfig.token, testConfig.aesKey],
  now: kitNow,
  fixtures: [
    { name: 'something waits', request: signed(notification()), ids: [], events: [] },
    {
      name: 'something waits for another account',
      request: signed(notification({ OpenKfId: 'wkOther' })),
      ids: [],
      events: [],
    },
    {
      name: 'a callback about something else',
      request: signed(notification({ Event: 'kf_account_auth_change' })),
      events: [
        {
          kind: 'unknown',
          at: '2026-11-22T08:00:00.000Z',
          summary: '企业微信事件 WeCom event: kf_account_auth_change',
        },
      ],
    },
    ...fixtures,
  ],
  sign: signed,
  forgeries,
  breaks,
  wordsOf,
  to: 'wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw',
  answers: [
    {
      name: 'ok',
      answers: [tokenAnswer(), okAnswer({ msgid: 'x' })],
      // Made of the key: SHA-256 of `test-1`, 32 letters of it.
      gives: { kind: 'accepted', messageId: 'ed1e1dcf971990c1b89676ae78543610' },
    },
    ...commonAnswers(testConfig.secret),
    ...refusals.map((known) => refusal(...known)),
  ],
}
