import type { Kit } from '../conformance-kit.ts'
import type { Part, RawResponse } from '../contract.ts'
import {
  commonAnswers,
  forgeries,
  kitNow,
  okAnswer,
  refusal,
  signedCallback,
  tokenAnswer,
} from '../families/wechat/kit.ts'
import { readAnswer } from '../families/wechat/platform-answers.ts'
import type { Body } from '../families/wechat/platform-simulator.ts'
import { toXml } from '../families/wechat/simulator.ts'
import { textIn } from '../families/wechat/words.ts'
import type { Config } from './config.ts'
import { isObject, type JsonObject } from '../json.ts'
import { toJson } from '../without-undefined.ts'
import { calledAccount, callingOpenid, fixtures } from './fixtures.ts'
import { messageDoubt, shownOf } from './simulator-rules.ts'

export const testConfig: Config = {
  appId: 'wx2c2769f8efd9abc2',
  secret: 'the-app-secret-of-tests',
  token: 'spamtest',
  encryption: 'safe',
  api: 'service',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  apiUrl: 'https://api.weixin.example',
}
const signed = (body: Buffer) => signedCallback(body, testConfig, testConfig.appId)

function wordsOf({ request }: Part): string {
  if (Array.isArray(request.values)) return request.values.map(textIn).join(' ')
  const { text, choices = [] } = shownOf(request, { find: () => undefined })
  return [text, ...choices.map(({ label }) => label)].join('\n')
}
function breaks({ request }: Part): string[] {
  const escaped = /\\u[0-9a-f]{4}/iu.test(JSON.stringify(request)) ? ['40033'] : []
  if (Array.isArray(request.values)) return escaped
  const code = messageDoubt(request, null)
  return code === null ? escaped : [...escaped, String(code)]
}

function readByWeChat({ body }: RawResponse, part: Part) {
  const { appId, token, aesKey = '', encryption } = testConfig
  const between = { openid: callingOpenid, account: calledAccount }
  const read = readAnswer(body, { appId, token, aesKey, encryption, ...between })
  if (read.kind !== 'message') return { to: '', broken: [read.kind] }
  const code = messageDoubt(read.body, null)
  const words = wordsOf({ request: { ...toObject(read.body) } }) === wordsOf(part) ? [] : ['other words']
  return { to: textIn(read.body.touser), broken: [...words, ...(code === null ? [] : [String(code)])] }
}
const toObject = (body: Body): JsonObject => {
  const value = toJson(body)
  return isObject(value) && !Array.isArray(value) ? value : {}
}

const refusals: readonly Parameters<typeof refusal>[] = [
  [-1, 'provider-failed', 'retry'],
  [45_009, 'rate-limited', 'retry'],
  [45_011, 'rate-limited', 'retry'],
  [40_003, 'address-unknown', 'rejected'],
  [40_007, 'media-gone', 'rejected'],
  [40_008, 'unsupported', 'rejected'],
  [40_009, 'too-large', 'rejected'],
  [40_033, 'content-refused', 'rejected'],
  [40_037, 'template-refused', 'rejected'],
  [40_164, 'not-permitted', 'rejected'],
  [43_004, 'unreachable', 'rejected'],
  [43_019, 'unreachable', 'rejected'],
  [43_101, 'notice-unwanted', 'rejected'],
  [45_002, 'too-long', 'rejected'],
  [45_015, 'window-closed', 'rejected'],
  [45_047, 'quota-used', 'rejected'],
  [45_098, 'content-refused', 'rejected'],
  [47_003, 'template-refused', 'rejected'],
  [61_452, 'not-permitted', 'rejected'],
  [48_001, 'not-permitted', 'rejected'],
  [48_002, 'opted-out', 'rejected'],
  [48_004, 'account-restricted', 'rejected'],
  [50_002, 'account-restricted', 'rejected'],
  [50_005, 'unreachable', 'rejected'],
  [87_009, 'content-refused', 'rejected'],
]

export const kit: Kit<Config> = {
  config: testConfig,
  reads: {
    config: { ...testConfig, api: 'answers' },
    answer: readByWeChat,
    uploads: [tokenAnswer(), okAnswer({ media_id: 'MEDIA_ID' })],
  },
  otherSecrets: { ...testConfig, token: 'anothertoken' },
  secrets: [testConfig.secret, testConfig.token, testConfig.aesKey ?? ''],
  now: kitNow,
  fixtures: fixtures.map(({ fields, ...fixture }) => ({ ...fixture, request: signed(Buffer.from(toXml(fields))) })),
  sign: signed,
  forgeries,
  breaks,
  wordsOf,
  to: 'oyORnuP8q7ou2gfYjqLzSIWZf0rs',
  answers: [
    { name: 'ok', answers: [tokenAnswer(), okAnswer()], gives: { kind: 'accepted', messageId: null } },
    ...commonAnswers(testConfig.secret),
    ...refusals.map((known) => refusal(...known)),
  ],
}
