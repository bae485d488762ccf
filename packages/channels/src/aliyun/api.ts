import { randomUUID } from 'node:crypto'
import type { Context } from '../contract.ts'
import { bodyOf, type Failure, failureOf, type Verdict } from '../families/sms-cn/outcome.ts'
import { authorization, queryString, sha256 } from './acs3.ts'
import type { Config } from './config.ts'

export type Answer = { kind: 'ok'; body: Record<string, unknown> } | Failure

export async function call(
  action: string,
  query: Readonly<Record<string, string>>,
  context: Context<Config>,
): Promise<Answer> {
  const { config, http } = context
  const url = new URL(config.apiUrl)
  const headers = {
    host: url.host,
    'x-acs-action': action,
    'x-acs-version': '2017-05-25',
    'x-acs-date': `${context.now().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(''),
  }
  const signed = authorization({ method: 'POST', query, headers }, config.accessKeyId, config.accessKeySecret)
  const { host: _, ...sent } = headers
  url.search = queryString(query)
  // Without a body, nothing adds a content type, which would have to be signed too.
  const response = await http(url.href, {
    method: 'POST',
    headers: { ...sent, accept: 'application/json', authorization: signed },
  })
  const answer = bodyOf(response)
  if (answer.kind !== 'body') return answer
  const { Code: code, Message: message } = answer.body
  if (code === 'OK') return { kind: 'ok', body: answer.body }
  const status = response.kind === 'answer' ? response.status : 0
  const [providerCode, words] = [
    typeof code === 'string' ? code : String(status),
    typeof message === 'string' ? message : '',
  ]
  const detail = words.replaceAll(config.accessKeySecret, '…')
  return failureOf(verdictOf(providerCode, words, status), providerCode, detail)
}

function verdictOf(code: string, words: string, status: number): Verdict {
  if (code === 'isv.BUSINESS_LIMIT_CONTROL') {
    // Per minute, hour and day; only the first is over before what was written is old.
    return words.includes('分钟') ? ['retry', 'rate-limited', 60_000] : ['rejected', 'quota-used']
  }
  if (code.startsWith('Throttling')) return ['retry', 'rate-limited', null]
  return verdicts[code] ?? (status >= 500 ? ['unknown', 'provider-failed'] : ['rejected', 'provider-failed'])
}

const rejected = (code: Verdict[1]): Verdict => ['rejected', code]
/** https://help.aliyun.com/document_detail/101346.html (2026-11) */
const verdicts: Readonly<Record<string, Verdict>> = {
  'isv.MOBILE_NUMBER_ILLEGAL': rejected('address-unknown'),
  'isv.MOBILE_COUNT_OVER_LIMIT': rejected('unsupported'),
  'isv.SMS_TEMPLATE_ILLEGAL': rejected('template-refused'),
  'isv.TEMPLATE_MISSING_PARAMETERS': rejected('template-refused'),
  'isv.TEMPLATE_PARAMS_ILLEGAL': rejected('template-refused'),
  'isv.INVALID_JSON_PARAM': rejected('template-refused'),
  'isv.INVALID_PARAMETERS': rejected('content-refused'),
  'isv.DOMESTIC_NUMBER_NOT_SUPPORTED': rejected('template-refused'),
  'isv.SMS_SIGNATURE_ILLEGAL': rejected('not-permitted'),
  'isv.SMS_SIGNATURE_SCENE_ILLEGAL': rejected('not-permitted'),
  'isv.SMS_SIGN_ILLEGAL': rejected('not-permitted'),
  'isv.SIGN_STATE_ILLEGAL': rejected('not-permitted'),
  'isv.EXTEND_CODE_ERROR': rejected('not-permitted'),
  'isv.DENY_IP_RANGE': rejected('not-permitted'),
  'isp.RAM_PERMISSION_DENY': rejected('not-permitted'),
  'isv.PRODUCT_UN_SUBSCRIPT': rejected('not-permitted'),
  'isv.PRODUCT_UNSUBSCRIBE': rejected('not-permitted'),
  template_parameter_count_illegal: rejected('template-refused'),
  'isv.ERROR_TEMPLATE_NOT_DELETE': rejected('template-refused'),
  'isv.ERROR_TEMPLATE_NOT_MODIFY': rejected('template-refused'),
  'isv.TEMPLATE_OVER_LIMIT': rejected('too-long'),
  'isv.TEMPLATE_COUNT_OVER_LIMIT': rejected('quota-used'),
  'isv.SMS_OVER_LIMIT': rejected('quota-used'),
  'isv.PARAM_LENGTH_LIMIT': rejected('too-long'),
  'isv.PARAM_NOT_SUPPORT_URL': rejected('content-refused'),
  'isv.BLACK_KEY_CONTROL_LIMIT': rejected('content-refused'),
  'isv.SMS_CONTENT_ILLEGAL': rejected('content-refused'),
  'isv.DAY_LIMIT_CONTROL': rejected('quota-used'),
  'isv.MONTH_LIMIT_CONTROL': rejected('quota-used'),
  'isv.OUT_OF_SERVICE': rejected('payment-needed'),
  'isv.AMOUNT_NOT_ENOUGH': rejected('payment-needed'),
  'isv.ACCOUNT_NOT_EXISTS': rejected('credentials-refused'),
  'isv.ACCOUNT_ABNORMAL': rejected('account-restricted'),
  'InvalidAccessKeyId.NotFound': rejected('credentials-refused'),
  'InvalidAccessKeyId.Inactive': rejected('credentials-refused'),
  SignatureDoesNotMatch: rejected('credentials-refused'),
  IncompleteSignature: rejected('credentials-refused'),
  'InvalidTimeStamp.Expired': rejected('credentials-refused'),
  NoPermission: rejected('not-permitted'),
  'Forbidden.RAM': rejected('not-permitted'),
  SignatureNonceUsed: ['retry', 'provider-failed', null],
  ServiceUnavailable: ['retry', 'provider-failed', null],
  'isp.SYSTEM_ERROR': ['retry', 'provider-failed', null],
}
