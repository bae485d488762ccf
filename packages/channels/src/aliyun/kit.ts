import { z } from 'zod'
import type { Fixture, Kit } from '../conformance.ts'
import type { Part } from '../contract.ts'
import type { ProblemCode } from '../problem.ts'
import { answered, callback, forgeries, kitNow, kitSecret } from '../families/sms-cn/kit.ts'
import { config, type Config } from './config.ts'

export const testConfig: Config = config.parse({
  accessKeyId: 'LTAI5tKit',
  accessKeySecret: 'kit-access-key-secret',
  signName: '阿里云',
  callbackSecret: kitSecret,
  replyTemplate: 'SMS_154950909',
  replyLength: 200,
})
export const withoutReplies: Config = { ...testConfig, replyTemplate: undefined }

const said = {
  phone_number: '13811110000',
  content: '内容',
  send_time: '2017-09-01 00:00:00',
  dest_code: '1234',
  sequence_id: '1234567890',
}
const told = {
  phone_number: '13900000001',
  send_time: '2017-08-30 00:00:00',
  report_time: '2017-08-30 00:00:10',
  success: true,
  err_code: 'DELIVERED',
  err_msg: '用户接收成功',
  sms_size: '1',
  biz_id: '900619746936498440^0',
  out_id: '123456',
}
const message = {
  kind: 'message',
  at: '2017-08-31T16:00:00.000Z',
  from: { address: '+8613811110000', aliases: [{ kind: 'phone', value: '+8613811110000' }] },
  id: '1234567890',
  content: { type: 'text', text: '内容', markup: 'none' },
  extra: { destCode: '1234' },
} as const
const receipt = {
  kind: 'receipt',
  at: '2017-08-29T16:00:10.000Z',
  to: '+8613900000001',
  state: 'delivered',
  messageId: '900619746936498440^0',
  key: '123456',
} as const
const failed = (providerCode: string, detail: string, code: ProblemCode) =>
  ({ ...receipt, state: 'failed', problem: { code, providerCode, detail } }) as const

const failures: readonly [string, string, ProblemCode][] = [
  ['MOBILE_NOT_ON_SERVICE', '手机停机', 'unreachable'],
  ['MOBILE_IN_BLACK', '手机号在黑名单', 'blocked-us'],
  ['MK:0001', '空号', 'address-unknown'],
  ['DB:0141', '关键字拦截', 'content-refused'],
  ['isv.BUSINESS_LIMIT_CONTROL', '触发业务流控', 'quota-used'],
  ['YX:1006', '签名未报备', 'template-refused'],
]
const template = {
  template_type: '验证码',
  reason: '内容不完整',
  template_name: '短信测试模板1957',
  orderId: '205101',
  template_content: '签名测试',
  template_status: 'rejected',
  remark: 'test',
  template_code: 'SMS_123123242',
  create_date: '2019-05-30 19:58:25',
}
const sign = {
  sign_name: '阿里云',
  sign_status: 'rejected',
  reason: '资质过期',
  orderId: '1',
  create_date: '2019-05-30 19:58:25',
}
const at = kitNow.toISOString()

const fixture = (name: string, items: unknown, ids: readonly string[], events: Fixture['events']): Fixture => ({
  name,
  request: callback(typeof items === 'string' ? items : JSON.stringify(items)),
  ids,
  events,
})

export const fixtures: readonly Fixture[] = [
  fixture('SmsUp', [said], ['up:1234567890'], [message]),
  fixture(
    'SmsUp with two, one under a number that no double holds',
    JSON.stringify([said, { ...said, content: 'TD', sign_name: '阿里云', sequence_id: 'LONG' }]).replace(
      '"LONG"',
      '1234567890123456789',
    ),
    ['up:1234567890', 'up:1234567890123456789'],
    [
      message,
      {
        ...message,
        id: '1234567890123456789',
        content: { type: 'text', text: 'TD', markup: 'none' },
        extra: { destCode: '1234', signName: '阿里云' },
      },
    ],
  ),
  fixture(
    'SmsUp without words',
    [{ ...said, content: ' ' }],
    ['up:1234567890'],
    [{ ...message, content: { type: 'unsupported', summary: '空短信 An empty text' } }],
  ),
  fixture('SmsReport', [told], ['report:900619746936498440^0:13900000001'], [receipt]),
  fixture(
    'SmsReport of failures',
    failures.map(([err_code, err_msg], number) => ({
      ...told,
      success: number % 2 ? false : 'false',
      err_code,
      err_msg,
    })),
    failures.map(() => 'report:900619746936498440^0:13900000001'),
    failures.map(([code, words, meant]) => failed(code, words, meant)),
  ),
  {
    name: 'TemplateSmsReport',
    request: callback(JSON.stringify([template])),
    events: [{ kind: 'template', at, name: 'SMS_123123242', language: '', state: 'rejected', reason: '内容不完整' }],
  },
  {
    name: 'SignSmsReport',
    request: callback(JSON.stringify([sign, { ...sign, sign_name: '别家' }])),
    events: [
      {
        kind: 'account',
        at,
        problem: { code: 'not-permitted', detail: '短信签名未通过审核 The signature was rejected: 资质过期' },
      },
      { kind: 'nothing', why: 'Signature 别家: rejected' },
    ],
  },
  {
    name: 'what nobody knows',
    request: callback(JSON.stringify([{ card: 1 }])),
    events: [{ kind: 'unknown', at, summary: 'A callback with card' }],
  },
]

const says = (Code: string, Message = '原因', status = 200) => answered({ Code, Message, RequestId: 'A-1' }, status)
const refusals: readonly [string, ProblemCode, number?][] = [
  ['isv.MOBILE_NUMBER_ILLEGAL', 'address-unknown'],
  ['isv.SMS_TEMPLATE_ILLEGAL', 'template-refused'],
  ['isv.TEMPLATE_MISSING_PARAMETERS', 'template-refused'],
  ['isv.INVALID_JSON_PARAM', 'template-refused'],
  ['isv.SMS_SIGNATURE_ILLEGAL', 'not-permitted'],
  ['isv.SIGN_STATE_ILLEGAL', 'not-permitted'],
  ['isp.RAM_PERMISSION_DENY', 'not-permitted'],
  ['isv.DENY_IP_RANGE', 'not-permitted'],
  ['isv.PARAM_LENGTH_LIMIT', 'too-long'],
  ['isv.BLACK_KEY_CONTROL_LIMIT', 'content-refused'],
  ['isv.SMS_CONTENT_ILLEGAL', 'content-refused'],
  ['isv.DAY_LIMIT_CONTROL', 'quota-used'],
  ['isv.OUT_OF_SERVICE', 'payment-needed'],
  ['isv.AMOUNT_NOT_ENOUGH', 'payment-needed'],
  ['isv.ACCOUNT_ABNORMAL', 'account-restricted'],
  ['InvalidAccessKeyId.NotFound', 'credentials-refused', 404],
  ['SignatureDoesNotMatch', 'credentials-refused', 400],
  ['InvalidTimeStamp.Expired', 'credentials-refused', 400],
  ['isv.NEVER_HEARD_OF', 'provider-failed'],
]
const limited = 'isv.BUSINESS_LIMIT_CONTROL'
const answers: Kit<Config>['answers'] = [
  {
    name: 'OK',
    answers: [says('OK', 'OK')],
    gives: { kind: 'accepted', messageId: null },
  },
  {
    name: 'OK with a number',
    answers: [answered({ Code: 'OK', Message: 'OK', BizId: '9006195^0', RequestId: 'A-1' })],
    gives: { kind: 'accepted', messageId: '9006195^0' },
  },
  ...refusals.map(([code, meant, status]) => ({
    name: code,
    answers: [says(code, '原因', status)],
    gives: { kind: 'rejected' as const, problem: { code: meant, providerCode: code, detail: '原因' } },
  })),
  {
    name: 'one a minute',
    answers: [says(limited, '触发分钟级流控Permits:1')],
    gives: {
      kind: 'retry',
      afterMs: 60_000,
      problem: { code: 'rate-limited', providerCode: limited, detail: '触发分钟级流控Permits:1' },
    },
  },
  ...['触发小时级流控Permits:5', '触发天级流控Permits:50'].map((detail) => ({
    name: detail,
    answers: [says(limited, detail)],
    gives: { kind: 'rejected' as const, problem: { code: 'quota-used' as const, providerCode: limited, detail } },
  })),
  {
    name: 'too many calls',
    answers: [says('Throttling.User', 'Request was denied due to user flow control.', 400)],
    gives: { kind: 'retry', afterMs: null },
  },
  { name: 'isp.SYSTEM_ERROR', answers: [says('isp.SYSTEM_ERROR')], gives: { kind: 'retry' } },
  { name: '503', answers: [answered({}, 503)], gives: { kind: 'retry' } },
  { name: '500', answers: [answered({}, 500)], gives: { kind: 'unknown' } },
  { name: 'InternalError', answers: [says('InternalError', 'x', 500)], gives: { kind: 'unknown' } },
  {
    name: 'words that repeat the secret',
    answers: [says('SignatureDoesNotMatch', `key ${testConfig.accessKeySecret}`, 400)],
    gives: { kind: 'rejected' },
  },
]

const paramsOf = ({ request }: Part): string[] => {
  const { values, TemplateParam: text } = request
  if (Array.isArray(values)) return values.map(String)
  return typeof text === 'string' ? Object.values(z.record(z.string(), z.string()).parse(JSON.parse(text))) : []
}

/** In the words of the documentation of SendSms and of the rules for variables. */
function breaks(part: Part): string[] {
  const { PhoneNumbers, SignName, TemplateCode } = part.request
  const params = paramsOf(part)
  const isReply = part.request.values === undefined
  return [
    typeof PhoneNumbers === 'string' && /^1\d{10}$/u.test(PhoneNumbers) ? '' : '国内短信：11 位手机号码',
    SignName === testConfig.signName ? '' : '签名',
    typeof TemplateCode === 'string' && TemplateCode !== '' ? '' : '模板 CODE',
    params.some((value) => /https?:\/\//iu.test(value)) ? '变量不支持链接' : '',
    params.some((value) => value.includes('\n')) ? '变量不支持换行' : '',
    Array.from(params.join('')).length > (isReply ? testConfig.replyLength : 500) ? '长度限制' : '',
  ].filter((doubt) => doubt !== '')
}

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, callbackSecret: 'another-callback-secret-0123456' },
  secrets: [testConfig.accessKeySecret, kitSecret],
  now: kitNow,
  fixtures,
  sign: (body) => callback(body),
  forgeries,
  breaks,
  wordsOf: (part) => paramsOf(part).join(''),
  to: '+8613811110000',
  answers,
}
