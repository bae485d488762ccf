import type { Fixture, Kit } from '../conformance.ts'
import type { Part } from '../contract.ts'
import { answered, callback, forgeries, kitNow, kitSecret } from '../families/sms-cn/kit.ts'
import type { ProblemCode } from '../problem.ts'
import { config, type Config } from './config.ts'

export const testConfig: Config = config.parse({
  secretId: 'AKIDkit',
  secretKey: 'kit-secret-key',
  sdkAppId: '1400006666',
  signName: '腾讯云',
  callbackSecret: kitSecret,
  replyTemplate: '449739',
  replyLength: 200,
})
export const withoutReplies: Config = { ...testConfig, replyTemplate: undefined }

const said = {
  extend: '',
  mobile: '13811110000',
  nationcode: '86',
  sign: '腾讯云',
  text: '用户回复的内容',
  time: 1_457_336_869,
}
const told = {
  user_receive_time: '2015-10-17 08:03:04',
  nationcode: '86',
  mobile: '13900000001',
  report_status: 'SUCCESS',
  errmsg: 'DELIVRD',
  description: '用户短信送达成功',
  sid: '5000:1045710669157053657849499619',
}
const message = {
  kind: 'message',
  at: '2016-03-07T07:47:49.000Z',
  from: { address: '+8613811110000', aliases: [{ kind: 'phone', value: '+8613811110000' }] },
  id: '8613811110000:1457336869:f29cbcb85f24ba17',
  content: { type: 'text', text: '用户回复的内容', markup: 'none' },
  extra: { signName: '腾讯云' },
} as const
const receipt = {
  kind: 'receipt',
  at: '2015-10-17T00:03:04.000Z',
  to: '+8613900000001',
  state: 'delivered',
  messageId: told.sid,
} as const
const failures: readonly [string, string, ProblemCode][] = [
  ['002', '关机/停机/无法接通手机/不在服务区', 'unreachable'],
  ['-106', '运营商关键字拦截', 'content-refused'],
  ['001', '空号', 'address-unknown'],
  ['014', '运营商黑名单', 'blocked-us'],
  ['008', '同一号码下发频率超限', 'quota-used'],
]
const at = kitNow.toISOString()
const fixture = (name: string, body: object, events: Fixture['events'], ids?: readonly string[]): Fixture => ({
  name,
  request: callback(JSON.stringify(body)),
  events,
  ...(ids ? { ids } : {}),
})

export const fixtures: readonly Fixture[] = [
  fixture('a reply', said, [message], [`reply:${message.id}`]),
  fixture('a reply from abroad with a code', { ...said, nationcode: 852, mobile: '51234567', extend: '10' }, [
    {
      ...message,
      from: { address: '+85251234567', aliases: [{ kind: 'phone', value: '+85251234567' }] },
      id: message.id.replace('8613811110000', '85251234567'),
      extra: { signName: '腾讯云', extendCode: '10' },
    },
  ]),
  fixture('a reply without words', { ...said, text: '' }, [
    {
      ...message,
      id: '8613811110000:1457336869:12ae32cb1ec02d01',
      content: { type: 'unsupported', summary: '空短信 An empty text' },
    },
  ]),
  fixture('a report', [told], [receipt], [`report:${told.sid}:13900000001:SUCCESS`]),
  fixture(
    'reports, with what was sent along',
    [
      { ...told, ext: 'entry-1-0' },
      { ...told, sid: 'b', mobile: 13900000002 },
    ],
    [
      { ...receipt, key: 'entry-1-0' },
      { ...receipt, messageId: 'b', to: '+8613900000002' },
    ],
  ),
  fixture(
    'reports of failures',
    failures.map(([errmsg, description]) => ({ ...told, report_status: 'FAIL', errmsg, description })),
    failures.map(([providerCode, detail, code]) => ({
      ...receipt,
      state: 'failed',
      problem: { code, providerCode, detail },
    })),
  ),
  fixture('what nobody knows', { voice: 1 }, [{ kind: 'unknown', at, summary: 'A callback with voice' }]),
]

const response = (body: object) => answered({ Response: { ...body, RequestId: 'a-1' } })
const refusal = (Code: string) => response({ Error: { Code, Message: '原因' } })
const ofNumber = (Code: string, SerialNo = '') =>
  response({ SendStatusSet: [{ SerialNo, PhoneNumber: '+8613811110000', Fee: 1, Code, Message: '原因' }] })

const meanings: readonly [string, ProblemCode][] = [
  ['FailedOperation.ContainSensitiveWord', 'content-refused'],
  ['FailedOperation.InsufficientBalanceInSmsPackage', 'payment-needed'],
  ['FailedOperation.MarketingSendTimeConstraint', 'not-permitted'],
  ['FailedOperation.PhoneNumberInBlacklist', 'blocked-us'],
  ['FailedOperation.SignatureIncorrectOrUnapproved', 'not-permitted'],
  ['FailedOperation.TemplateIncorrectOrUnapproved', 'template-refused'],
  ['InvalidParameterValue.IncorrectPhoneNumber', 'address-unknown'],
  ['InvalidParameterValue.TemplateParameterFormatError', 'template-refused'],
  ['InvalidParameterValue.TemplateParameterLengthLimit', 'too-long'],
  ['InvalidParameterValue.ContentLengthLimit', 'too-long'],
  ['InvalidParameterValue.ProhibitedUseUrlInTemplateParameter', 'content-refused'],
  ['LimitExceeded.PhoneNumberOneHourLimit', 'quota-used'],
  ['LimitExceeded.PhoneNumberDailyLimit', 'quota-used'],
  ['LimitExceeded.PhoneNumberSameContentDailyLimit', 'quota-used'],
  ['LimitExceeded.AppMainlandChinaDailyLimit', 'quota-used'],
  ['UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'not-permitted'],
  ['UnauthorizedOperation.RequestIpNotInWhitelist', 'not-permitted'],
  ['UnauthorizedOperation.SdkAppIdIsDisabled', 'account-restricted'],
  ['UnauthorizedOperation.SerivceSuspendDueToArrears', 'payment-needed'],
  ['UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone', 'template-refused'],
  ['AuthFailure.SecretIdNotFound', 'credentials-refused'],
  ['AuthFailure.SignatureFailure', 'credentials-refused'],
  ['AuthFailure.SignatureExpire', 'credentials-refused'],
  ['Never.HeardOf', 'provider-failed'],
]
const answers: Kit<Config>['answers'] = [
  { name: 'Ok', answers: [ofNumber('Ok', '5000:1')], gives: { kind: 'accepted', messageId: '5000:1' } },
  ...meanings.flatMap(([code, meant]) => {
    const gives = { kind: 'rejected' as const, problem: { code: meant, providerCode: code, detail: '原因' } }
    return [
      { name: `${code} of the call`, answers: [refusal(code)], gives },
      { name: `${code} of the number`, answers: [ofNumber(code)], gives },
    ]
  }),
  {
    name: 'one in thirty seconds',
    answers: [ofNumber('LimitExceeded.PhoneNumberThirtySecondLimit')],
    gives: { kind: 'retry', afterMs: 30_000 },
  },
  { name: 'too many calls', answers: [refusal('RequestLimitExceeded')], gives: { kind: 'retry', afterMs: null } },
  { name: 'SendAndRecvFail', answers: [ofNumber('InternalError.SendAndRecvFail')], gives: { kind: 'retry' } },
  { name: 'Timeout', answers: [ofNumber('InternalError.Timeout')], gives: { kind: 'unknown' } },
  { name: 'nothing about the number', answers: [response({ SendStatusSet: [] })], gives: { kind: 'unknown' } },
  { name: 'another shape', answers: [answered({ a: 1 })], gives: { kind: 'unknown' } },
  { name: '500', answers: [answered({}, 500)], gives: { kind: 'unknown' } },
  { name: '503', answers: [answered({}, 503)], gives: { kind: 'retry' } },
  {
    name: 'words that repeat the secret',
    answers: [response({ Error: { Code: 'AuthFailure', Message: `key ${testConfig.secretKey}` } })],
    gives: { kind: 'rejected' },
  },
]

const valuesOf = ({ request }: Part): string[] =>
  Array.isArray(request.TemplateParamSet) ? request.TemplateParamSet.map(String) : []

/** In the words of the documentation of SendSms and of the rules for variables. */
function breaks(part: Part): string[] {
  const { PhoneNumberSet: numbers, SmsSdkAppId, TemplateId, SignName } = part.request
  const values = valuesOf(part)
  return [
    /^\["\+86\d{11}"\]$/u.test(JSON.stringify(numbers)) ? '' : 'E.164',
    SmsSdkAppId === testConfig.sdkAppId ? '' : 'SdkAppId',
    typeof TemplateId === 'string' && TemplateId !== '' ? '' : '模板 ID',
    SignName === testConfig.signName ? '' : '国内短信必须携带签名',
    values.some((value) => /https?:\/\//iu.test(value)) ? '变量内不支持传入链接' : '',
    values.some((value) => value.includes('\n')) ? '变量内不支持换行' : '',
    Array.from(values.join('')).length > (TemplateId === testConfig.replyTemplate ? 200 : 500) ? '长度' : '',
  ].filter((doubt) => doubt !== '')
}

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, callbackSecret: 'another-callback-secret-0123456' },
  secrets: [testConfig.secretKey, kitSecret],
  now: kitNow,
  fixtures,
  sign: (body) => callback(body),
  forgeries,
  breaks,
  wordsOf: (part) => valuesOf(part).join(''),
  to: '+8613811110000',
  answers,
}
