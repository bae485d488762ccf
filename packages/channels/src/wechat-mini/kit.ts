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
import type { Config } from './config.ts'
import { fixtures } from './fixtures.ts'
import { messageDoubt, shownOf } from './simulator-rules.ts'

export const testConfig: Config = {
  appId: 'wxba5fad812f8e6fb9',
  secret: 'the-app-secret-of-tests',
  token: 'AAAAA',
  encryption: 'safe',
  aesKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  apiUrl: 'https://api.weixin.example',
}
export const signed = (body: Buffer | string) => signedCallback(body, testConfig, testConfig.appId)

function breaks({ request }: Part): string[] {
  const code = messageDoubt(request, null)
  return [
    ...(/\\u[0-9a-f]{4}/iu.test(JSON.stringify(request)) ? ['40033'] : []),
    ...(code === null ? [] : [String(code)]),
  ]
}

const refusals: readonly Parameters<typeof refusal>[] = [
  [-1, 'provider-failed', 'retry'],
  [45_009, 'rate-limited', 'retry'],
  [45_011, 'rate-limited', 'retry'],
  [40_003, 'address-unknown', 'rejected'],
  [40_007, 'media-gone', 'rejected'],
  [45_002, 'too-long', 'rejected'],
  [45_015, 'window-closed', 'rejected'],
  [45_047, 'quota-used', 'rejected'],
  [45_162, 'unsupported', 'rejected'],
  [48_001, 'not-permitted', 'rejected'],
  [48_002, 'opted-out', 'rejected'],
]

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, token: 'BBBBB' },
  secrets: [testConfig.secret, testConfig.token, testConfig.aesKey ?? ''],
  now: kitNow,
  fixtures: fixtures.map(({ body, ...fixture }) => ({ ...fixture, request: signed(body) })),
  sign: signed,
  forgeries,
  breaks,
  wordsOf: ({ request }) => shownOf(request, { find: () => undefined }).text,
  to: 'otDwO5EckxVWz0ItSW8XeWxknXAk',
  answers: [
    { name: 'ok', answers: [tokenAnswer(), okAnswer()], gives: { kind: 'accepted', messageId: null } },
    ...commonAnswers(testConfig.secret),
    ...refusals.map((known) => refusal(...known)),
  ],
}
