import type { Context } from '../contract.ts'
import { bodyOf, type Failure, failureOf, type Verdict } from '../families/sms-cn/outcome.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { Config } from './config.ts'
import { authorization } from './tc3.ts'

export type Answer = { kind: 'ok'; body: Record<string, unknown> } | Failure

export async function call(action: string, given: JsonObject, context: Context<Config>): Promise<Answer> {
  const { config, http } = context
  const timestamp = Math.floor(context.now().getTime() / 1000)
  const payload = JSON.stringify(given)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    host: new URL(config.apiUrl).host,
    'x-tc-action': action,
  }
  const { host: _, ...sent } = headers
  const signed = authorization({ service: 'sms', headers, payload, timestamp }, config.secretId, config.secretKey)
  const response = await http(new URL('/', config.apiUrl).href, {
    method: 'POST',
    headers: {
      ...sent,
      'x-tc-version': '2021-01-11',
      'x-tc-region': config.region,
      'x-tc-timestamp': String(timestamp),
      authorization: signed,
    },
    body: payload,
  })
  const answer = bodyOf(response)
  if (answer.kind !== 'body') return answer
  const { Response: body } = answer.body
  if (!isObject(body)) return { kind: 'unknown', problem: { code: 'provider-failed', detail: 'No Response' } }
  return isObject(body.Error) ? refusalOf(body.Error, config) : { kind: 'ok', body }
}

/** Of a whole call, or of one number in it: all of either come with HTTP 200. */
export function refusalOf({ Code, Message }: Record<string, unknown>, { secretKey }: Config): Failure {
  const code = typeof Code === 'string' ? Code : ''
  const words = typeof Message === 'string' ? Message.replaceAll(secretKey, '…') : ''
  return failureOf(verdictOf(code), code, words)
}

function verdictOf(code: string): Verdict {
  const known = verdicts[code]
  if (known) return known
  const family = Object.keys(families).find((prefix) => code.startsWith(prefix))
  return (family === undefined ? undefined : families[family]) ?? ['rejected', 'provider-failed']
}

const rejected = (code: Verdict[1]): Verdict => ['rejected', code]
/** https://cloud.tencent.com/document/api/382/59177 (2026-11) */
const verdicts: Readonly<Record<string, Verdict>> = {
  'FailedOperation.ContainSensitiveWord': rejected('content-refused'),
  'FailedOperation.FailResolvePacket': rejected('template-refused'),
  'FailedOperation.InsufficientBalanceInSmsPackage': rejected('payment-needed'),
  'FailedOperation.JsonParseFail': rejected('template-refused'),
  'FailedOperation.MarketingSendTimeConstraint': rejected('not-permitted'),
  'FailedOperation.PhoneNumberInBlacklist': rejected('blocked-us'),
  'FailedOperation.SignatureIncorrectOrUnapproved': rejected('not-permitted'),
  'FailedOperation.TemplateIncorrectOrUnapproved': rejected('template-refused'),
  'FailedOperation.TemplateParamSetNotMatchApprovedTemplate': rejected('template-refused'),
  'FailedOperation.TemplateUnapprovedOrNotExist': rejected('template-refused'),
  'FailedOperation.TemplateAlreadyPassedCheck': rejected('template-refused'),
  'FailedOperation.TemplateIdNotExist': rejected('template-refused'),
  'FailedOperation.MissingTemplateToModify': rejected('template-refused'),
  'FailedOperation.TemplateNumberLimit': rejected('quota-used'),
  'FailedOperation.ForbidAddMarketingTemplates': rejected('not-permitted'),
  'FailedOperation.MissingSignature': rejected('not-permitted'),
  'FailedOperation.NotEnterpriseCertification': rejected('not-permitted'),
  'InternalError.SendAndRecvFail': ['retry', 'provider-failed', null],
  'InternalError.RequestTimeException': rejected('credentials-refused'),
  'InternalError.SigVerificationFail': rejected('credentials-refused'),
  'InternalError.SigFieldMissing': rejected('credentials-refused'),
  'InternalError.RestApiInterfaceNotExist': rejected('provider-failed'),
  'InvalidParameter.DirtyWordFound': rejected('content-refused'),
  'InvalidParameterValue.InvalidTemplateFormat': rejected('template-refused'),
  'InvalidParameterValue.ContentLengthLimit': rejected('too-long'),
  'InvalidParameterValue.TemplateParameterLengthLimit': rejected('too-long'),
  'InvalidParameterValue.TemplateParameterFormatError': rejected('template-refused'),
  'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter': rejected('content-refused'),
  'InvalidParameterValue.IncorrectPhoneNumber': rejected('address-unknown'),
  'InvalidParameterValue.SdkAppIdNotExist': rejected('not-permitted'),
  'LimitExceeded.PhoneNumberThirtySecondLimit': ['retry', 'rate-limited', 30_000],
  'LimitExceeded.PhoneNumberCountLimit': rejected('unsupported'),
  'UnauthorizedOperation.ServiceSuspendDueToArrears': rejected('payment-needed'),
  // Their own spelling, in the same list of codes.
  'UnauthorizedOperation.SerivceSuspendDueToArrears': rejected('payment-needed'),
  'UnauthorizedOperation.SdkAppIdIsDisabled': rejected('account-restricted'),
}
/** What begins so, and is not named above. */
const families: Readonly<Record<string, Verdict>> = {
  'LimitExceeded.': rejected('quota-used'),
  RequestLimitExceeded: ['retry', 'rate-limited', null],
  AuthFailure: rejected('credentials-refused'),
  UnauthorizedOperation: rejected('not-permitted'),
  UnsupportedOperation: rejected('template-refused'),
  InternalError: ['unknown', 'provider-failed'],
}
