import { randomUUID } from 'node:crypto'
import { isObject, type Json } from '../json.ts'
import {
  type ApiAnswer,
  type ApiRequest,
  noFaults,
  serveApi,
  type Simulator,
  type SimulatorOptions,
} from '../simulator.ts'
import { same } from '../standard-webhooks.ts'
import { callbackAddress } from '../families/sms-cn/callback.ts'
import {
  createOperator,
  createQuota,
  jsonAnswer,
  type Limit,
  type SimulatedTemplate,
  type Text,
} from '../families/sms-cn/simulator.ts'
import { inBeijing } from '../families/sms-cn/time.ts'
import { replyId } from './accept.ts'
import { createTemplateDesk, type Filed } from './simulator-templates.ts'
import { authorization } from './tc3.ts'

/** Tencent Cloud SMS of one application: SendSms, status by number, templates, signatures, both callbacks. */
export interface TencentSimulator extends Simulator {
  templates: SimulatedTemplate[]
  /** The next call is refused with this code; `number` says so of the number within an answer. */
  refuseNext(code: string, where?: 'call' | 'number'): void
  /** Decides about a template. Nobody is told: whoever wants to know has to ask. */
  review(code: string, state: 'approved' | 'rejected', reason?: string): void
}
export interface TencentOptions extends SimulatorOptions {
  /** Whether `SessionContext` comes back: Tencent Cloud turns it on when asked. */
  givesContextBack?: boolean
}

const account = {
  secretId: 'AKIDsimulated',
  secretKey: 'simulated-secret-key',
  sdkAppId: '1400006666',
  signName: '茶叶店',
}
const callbackSecret = 'simulated-callback-secret-0123456789'

const template = (
  code: string,
  kind: SimulatedTemplate['kind'],
  text: string,
  state: SimulatedTemplate['state'] = 'approved',
  longest = 30,
): SimulatedTemplate => ({ code, kind, text, state, longest })
const variable = /\{(\d{1,2})\}/gu
const states = { approved: 0, pending: 1, rejected: -1 }

const strings = (value: Json | undefined): string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.map(String) : null

export async function startSimulator(options: TencentOptions = {}): Promise<TencentSimulator> {
  const { now = () => new Date(), daily = 10, givesContextBack = true } = options
  const faults = noFaults()
  const operator = createOperator(faults, {
    now,
    retries: 2,
    isAcknowledged: (body) => /"result"\s*:\s*0\b/u.test(body),
  })
  const quota = createQuota(now)
  const planned: { code: string; where: 'call' | 'number' }[] = []
  const templates = [
    template('1000001', 'notification', '您好，客服回复您：{1}，感谢您的支持。'),
    template('1000002', 'notification', '您的订单{1}已{2}，请留意。'),
    template('1000003', 'verification', '验证码：{1}，五分钟内有效。', 'approved', 6),
    template('1000004', 'notification', '还在审核：{1}。', 'pending'),
    { ...template('1000005', 'notification', '没有通过：{1}。', 'rejected'), reason: '变量过长' },
  ]
  const desk = createTemplateDesk(templates, now)
  const limits: Record<'same' | 'day', Limit> = {
    same: {
      ms: 30_000,
      most: 1,
      code: 'LimitExceeded.PhoneNumberThirtySecondLimit',
      words: 'the number of sms messages sent from a single mobile number within 30 seconds exceeds the upper limit',
    },
    day: {
      ms: 86_400_000,
      most: daily,
      code: 'LimitExceeded.PhoneNumberDailyLimit',
      words: 'the number of sms messages sent from a single mobile number every day exceeds the upper limit',
    },
  }

  const api = await serveApi(faults, (request) => {
    const doubt = doubtOf(request)
    if (doubt) return refuse(...doubt)
    const body = objectIn(request.body)
    if (!body) return refuse('FailedOperation.JsonParseFail', 'json parse fail')
    const [plan] = planned
    if (plan?.where === 'call') {
      planned.shift()
      return refuse(plan.code, plan.code)
    }
    switch (request.headers['x-tc-action']) {
      case 'SendSms':
        return sendSms(body)
      case 'PullSmsSendStatusByPhoneNumber':
        return statusOf(body)
      case 'DescribeSmsTemplateList':
        return listed(body, 'DescribeTemplateStatusSet', body.International === 0 ? templates.map(described) : [])
      case 'AddSmsTemplate':
        return filed(desk.add(body), (id) => ({ AddTemplateStatus: { TemplateId: id } }))
      case 'ModifySmsTemplate':
        return filed(desk.modify(body), (id) => ({ ModifyTemplateStatus: { TemplateId: Number(id) } }))
      case 'DeleteSmsTemplate': {
        const DeleteTime = Math.floor(now().getTime() / 1000)
        const status = { DeleteStatus: 'return successfully!', DeleteTime }
        return filed(desk.remove(body), () => ({ DeleteTemplateStatus: status }))
      }
      case 'DescribeSmsSignList':
        return listed(body, 'DescribeSignListStatusSet', [
          { SignId: 1, SignName: account.signName, StatusCode: 0, ReviewReply: '', International: 0 },
        ])
      default:
        return refuse('InvalidAction', 'The API does not exist')
    }
  })

  const ok = (body: object): ApiAnswer => jsonAnswer(200, { Response: { ...body, RequestId: randomUUID() } })
  function refuse(code: string, message: string): ApiAnswer {
    operator.refusals.push(code)
    return ok({ Error: { Code: code, Message: message } })
  }
  const filed = (told: Filed, bodyOf: (id: string) => object): ApiAnswer =>
    'refused' in told ? refuse(...told.refused) : ok(bodyOf(told.code))
  function doubtOf({ headers, body }: ApiRequest): [string, string] | null {
    if (headers['x-tc-version'] !== '2021-01-11') return ['NoSuchVersion', 'The version does not exist']
    if (!headers['x-tc-region']) return ['MissingParameter', 'Region']
    const timestamp = Number(headers['x-tc-timestamp'])
    if (!(Math.abs(now().getTime() / 1000 - timestamp) <= 300)) return ['AuthFailure.SignatureExpire', 'Expired']
    const given = headers.authorization ?? ''
    const [, id, , names = ''] = /Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+),/u.exec(given) ?? []
    if (id !== account.secretId) return ['AuthFailure.SecretIdNotFound', 'The SecretId is not found']
    const signed = names.split(';')
    const covers = ['content-type', 'host'].every((name) => signed.includes(name))
    const wanted = authorization(
      {
        service: 'sms',
        headers: Object.fromEntries(signed.map((name) => [name, headers[name] ?? ''])),
        payload: body,
        timestamp,
      },
      account.secretId,
      account.secretKey,
    )
    return covers && same(given, wanted) ? null : ['AuthFailure.SignatureFailure', 'The signature is not right']
  }

  function appDoubt(body: Record<string, Json>): ApiAnswer | null {
    return body.SmsSdkAppId === account.sdkAppId
      ? null
      : refuse('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'SmsSdkAppId verify fail')
  }
  function sendSms(body: Record<string, Json>): ApiAnswer {
    const numbers = strings(body.PhoneNumberSet)
    if (!numbers || numbers.length === 0) return refuse('MissingParameter.EmptyPhoneNumberSet', 'no number')
    if (numbers.length > 200) return refuse('LimitExceeded.PhoneNumberCountLimit', 'more than 200')
    const context = body.SessionContext ?? ''
    if (typeof context !== 'string' || Buffer.byteLength(context) >= 512) {
      return refuse('InvalidParameterValue', 'SessionContext')
    }
    const doubt = appDoubt(body)
    return doubt ?? ok({ SendStatusSet: numbers.map((phone) => sendOne(phone, body, context)) })
  }
  function sendOne(phone: string, body: Record<string, Json>, key: string) {
    const answer = (code: string, message: string, SerialNo = '') => ({
      SerialNo,
      PhoneNumber: phone,
      Fee: SerialNo ? 1 : 0,
      SessionContext: key,
      Code: code,
      Message: message,
      IsoCode: phone.startsWith('+86') ? 'CN' : 'DEF',
    })
    const refuseOne = ([code, message]: readonly [string, string]) => {
      operator.refusals.push(code)
      return answer(code, message)
    }
    const plan = planned.shift()
    if (plan) return refuseOne([plan.code, plan.code])
    const checked = textOf(phone, body)
    if (Array.isArray(checked)) return refuseOne(checked)
    const broken = quota(`${phone} ${checked.words}`, [limits.same]) ?? quota(phone, [limits.day])
    if (broken) return refuseOne([broken.code, broken.words])
    const id = `5000:${randomUUID().replaceAll('-', '')}`
    const sent = operator.deliver({ id, phone, ...checked, ...(key ? { key } : {}) })
    operator.report(reportOf(sent))
    return answer('Ok', 'send success', id)
  }
  function textOf(phone: string, body: Record<string, Json>): [string, string] | { words: string; template: string } {
    if (!/^\+[1-9]\d{6,14}$/u.test(phone)) return ['InvalidParameterValue.IncorrectPhoneNumber', 'incorrect number']
    const mainland = phone.startsWith('+86')
    if (mainland && body.SignName !== account.signName) {
      return ['FailedOperation.SignatureIncorrectOrUnapproved', 'signature is incorrect or unapproved']
    }
    const used = templates.find(({ code }) => code === body.TemplateId)
    if (used?.state !== 'approved') {
      return ['FailedOperation.TemplateIncorrectOrUnapproved', 'template is incorrect or unapproved']
    }
    if (!mainland) return ['UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone', 'a template of the mainland']
    const values = body.TemplateParamSet === undefined ? [] : strings(body.TemplateParamSet)
    if (!values || values.length !== [...used.text.matchAll(variable)].length || values.includes('')) {
      return ['InvalidParameterValue.TemplateParameterFormatError', 'template parameters do not fit']
    }
    if (values.some((value) => Array.from(value).length > used.longest)) {
      return ['InvalidParameterValue.TemplateParameterLengthLimit', 'a template parameter is too long']
    }
    if (values.some((value) => /https?:|www\./iu.test(value))) {
      return ['InvalidParameterValue.ProhibitedUseUrlInTemplateParameter', 'no url in template parameters']
    }
    if (values.some((value) => value.includes('赌博')))
      return ['FailedOperation.ContainSensitiveWord', 'sensitive word']
    if (operator.isBlacklisted(phone)) return ['FailedOperation.PhoneNumberInBlacklist', 'phone in blacklist']
    const words = `【${account.signName}】${used.text.replace(variable, (_, at: string) => values[Number(at) - 1] ?? '')}`
    return Array.from(words).length > 500
      ? ['InvalidParameterValue.ContentLengthLimit', 'the text is too long']
      : { words, template: used.code }
  }

  function reportOf({ phone, id, outcome, key }: Text) {
    const delivered = outcome === 'delivered'
    return {
      user_receive_time: inBeijing(now()),
      nationcode: '86',
      mobile: phone.slice(3),
      report_status: delivered ? 'SUCCESS' : 'FAIL',
      errmsg: delivered ? 'DELIVRD' : '002',
      description: delivered ? '用户短信送达成功' : '关机/停机/无法接通手机/不在服务区',
      sid: id,
      ...(givesContextBack && key !== undefined ? { ext: key } : {}),
    }
  }
  function statusOf(body: Record<string, Json>): ApiAnswer {
    const doubt = appDoubt(body)
    if (doubt) return doubt
    const [from, to] = [Number(body.BeginTime) * 1000, Number(body.EndTime ?? now().getTime() / 1000) * 1000]
    if (!(from >= now().getTime() - 7 * 86_400_000) || !(Number(body.Limit) <= 100) || body.Offset !== 0) {
      return refuse('InvalidParameterValue', 'BeginTime, Limit or Offset')
    }
    const found = operator.texts.filter(
      ({ phone, at }) => phone === body.PhoneNumber && at.getTime() >= from && at.getTime() < to + 1000,
    )
    return ok({
      PullSmsSendStatusSet: found.slice(0, Number(body.Limit)).map(({ id, phone, outcome, key }) => ({
        UserReceiveTime: Math.floor(now().getTime() / 1000),
        CountryCode: '86',
        SubscriberNumber: phone.slice(3),
        PhoneNumber: phone,
        SerialNo: id,
        ReportStatus: outcome === 'delivered' ? 'SUCCESS' : 'FAIL',
        Description: outcome === 'delivered' ? 'DELIVRD' : '关机/停机/无法接通手机/不在服务区',
        SessionContext: givesContextBack ? (key ?? '') : '',
      })),
    })
  }
  function listed({ Limit, Offset }: Record<string, Json>, name: string, all: readonly object[]): ApiAnswer {
    const [limit, offset] = [Number(Limit ?? 0), Number(Offset ?? 0)]
    return limit <= 100 ? ok({ [name]: all.slice(offset, offset + limit) }) : refuse('InvalidParameterValue', 'Limit')
  }
  const described = ({ code, title = code, text, state, reason = '' }: SimulatedTemplate) => ({
    TemplateId: Number(code),
    International: 0,
    StatusCode: states[state],
    ReviewReply: reason,
    TemplateName: title,
    CreateTime: 1_617_379_200,
    TemplateContent: text,
  })

  return {
    config: { ...account, callbackSecret, apiUrl: api.url, replyTemplate: '1000001', replyLength: 30 },
    templates,
    faults,
    refusals: operator.refusals,
    pointTo: (url) => operator.pointTo(callbackAddress(url, callbackSecret)),
    phone: (name) =>
      operator.phone(name, async ({ text }, by) => {
        const time = Math.floor(now().getTime() / 1000)
        const said = { extend: '', mobile: by.address.slice(3), nationcode: '86', sign: account.signName, text, time }
        await operator.call(said, by.address)
        // Tencent Cloud has no ids for replies: this is how ours are made.
        return replyId(said)
      }),
    refuseNext: (code, where = 'call') => void planned.push({ code, where }),
    review(code, state, reason) {
      const found = templates.find((one) => one.code === code)
      if (!found) throw new Error(`There is no template ${code}`)
      Object.assign(found, { state, reason })
    },
    settled: () => operator.settled(),
    async stop() {
      operator.stop()
      await api.stop()
    },
  }
}

function objectIn(body: Buffer): Record<string, Json> | null {
  try {
    const value: Json = JSON.parse(body.toString('utf8'))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
