import { randomUUID } from 'node:crypto'
import { same } from '../standard-webhooks.ts'
import { type ApiAnswer, type ApiRequest, noFaults, serveApi, type Simulator } from '../simulator.ts'
import {
  createOperator,
  createQuota,
  jsonAnswer,
  type Limit,
  type SimulatedTemplate,
  type Text,
} from '../families/sms-cn/simulator.ts'
import { inBeijing } from '../families/sms-cn/time.ts'
import { authorization, sha256 } from './acs3.ts'
import { createTemplateDesk, type Filed, kinds, valuesIn, variable } from './simulator-templates.ts'
import { callbackAddress } from '../families/sms-cn/callback.ts'

/** Alibaba Cloud SMS of one account: SendSms, QuerySendDetails, templates, signatures, both callbacks. */
export interface AliyunSimulator extends Simulator {
  templates: SimulatedTemplate[]
  /** The next call is refused with this code. */
  refuseNext(code: string, message?: string): void
  /** Decides about a template, and tells so. */
  review(code: string, state: 'approved' | 'rejected', reason?: string): void
}
export interface AliyunOptions {
  now?: () => Date
}

const account = { accessKeyId: 'LTAI5tSimulated', accessKeySecret: 'simulated-access-key-secret', signName: '茶叶店' }
const callbackSecret = 'simulated-callback-secret-0123456789'
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const limit = (ms: number, most: number, words: string): Limit => ({
  ms,
  most,
  code: 'isv.BUSINESS_LIMIT_CONTROL',
  words: `触发${words}流控Permits:${most}`,
})
/** For one number, signature and template. */
const limits: Readonly<Record<SimulatedTemplate['kind'], readonly Limit[]>> = {
  verification: [limit(minute, 1, '分钟级'), limit(hour, 5, '小时级'), limit(day, 10, '天级')],
  notification: [limit(day, 50, '天级')],
  promotion: [limit(day, 50, '天级')],
}
const allVerifications = limit(day, 40, '天级')

const template = (
  code: string,
  kind: SimulatedTemplate['kind'],
  text: string,
  state: SimulatedTemplate['state'] = 'approved',
  longest = 35,
): SimulatedTemplate => ({ code, kind, text, state, longest })

const audits = { pending: 'AUDIT_STATE_INIT', approved: 'AUDIT_STATE_PASS', rejected: 'AUDIT_STATE_NOT_PASS' }

export async function startSimulator({ now = () => new Date() }: AliyunOptions = {}): Promise<AliyunSimulator> {
  const faults = noFaults()
  const operator = createOperator(faults, {
    now,
    retries: 3,
    isAcknowledged: (body) => /"code"\s*:\s*\d+/u.test(body),
  })
  const [nonces, quota] = [new Set<string>(), createQuota(now)]
  const planned: { code: string; message: string }[] = []
  const templates = [
    template('SMS_100000001', 'notification', '您好，客服回复您：${content}，感谢您的支持。'),
    template('SMS_100000002', 'notification', '您的订单${order}${state}，请留意。'),
    template('SMS_100000003', 'verification', '验证码：${code}，五分钟内有效。', 'approved', 6),
    template('SMS_100000004', 'promotion', '新茶上市，会员九折，拒收请回复R'),
    template('SMS_100000005', 'notification', '还在审核：${content}。', 'pending'),
  ]
  let last = 0
  const desk = createTemplateDesk(templates, { now, signName: account.signName, decide: tellDecision })

  const api = await serveApi(faults, (request) => {
    const doubt = doubtOf(request)
    if (doubt) return refuse(...doubt)
    const query = request.url.searchParams
    const plan = planned.shift()
    if (plan) return refuse(plan.code, plan.message, plan.code.startsWith('is') ? 200 : 400)
    switch (request.headers['x-acs-action']) {
      case 'SendSms':
        return sendSms(query)
      case 'QuerySendDetails':
        return sendDetails(query)
      case 'QuerySmsTemplateList':
        return listed(query, 'SmsTemplateList', templates.map(described))
      case 'QuerySmsSignList':
        return listed(query, 'SmsSignList', [{ SignName: account.signName, AuditStatus: 'AUDIT_STATE_PASS' }])
      case 'CreateSmsTemplate':
        return filed(desk.create(query))
      case 'UpdateSmsTemplate':
        return filed(desk.update(query))
      case 'DeleteSmsTemplate':
        return filed(desk.remove(query))
      case 'GetSmsTemplate': {
        const found = templates.find(({ code }) => code === query.get('TemplateCode'))
        return found
          ? ok({ TemplateCode: found.code, TemplateContent: found.text, TemplateStatus: '1' })
          : refuse('isv.SMS_TEMPLATE_ILLEGAL', '模板不存在')
      }
      default:
        return refuse('InvalidAction.NotFound', 'Specified api is not found', 404)
    }
  })

  const ok = (body: object): ApiAnswer =>
    jsonAnswer(200, { Code: 'OK', Message: 'OK', RequestId: randomUUID(), ...body })
  function refuse(code: string, message: string, status = 200): ApiAnswer {
    operator.refusals.push(code)
    return jsonAnswer(status, { Code: code, Message: message, RequestId: randomUUID() })
  }
  const filed = (told: Filed): ApiAnswer =>
    'refused' in told ? refuse(...told.refused) : ok({ TemplateCode: told.code, OrderId: String((last += 1)) })
  function doubtOf({ method, url, headers, body }: ApiRequest): [string, string, number] | null {
    const query = Object.fromEntries(url.searchParams)
    if (headers['x-acs-version'] !== '2017-05-25')
      return ['InvalidVersion', 'Specified parameter Version is not valid', 400]
    const age = now().getTime() - Date.parse(headers['x-acs-date'] ?? '')
    if (!(Math.abs(age) <= 15 * minute)) return ['InvalidTimeStamp.Expired', 'Specified time stamp is expired', 400]
    const [, id] = /Credential=([^,]+),/u.exec(headers.authorization ?? '') ?? []
    if (id !== account.accessKeyId) return ['InvalidAccessKeyId.NotFound', 'Specified access key is not found', 404]
    const whole = headers['x-acs-content-sha256'] === sha256(body)
    const wanted = authorization({ method, query, headers }, account.accessKeyId, account.accessKeySecret)
    if (!whole || !same(headers.authorization ?? '', wanted)) {
      return ['SignatureDoesNotMatch', 'Specified signature does not match our calculation', 400]
    }
    const nonce = headers['x-acs-signature-nonce'] ?? ''
    if (nonce === '' || nonces.has(nonce))
      return ['SignatureNonceUsed', 'Specified signature nonce was used already', 400]
    nonces.add(nonce)
    return null
  }

  function sendSms(query: URLSearchParams): ApiAnswer {
    const [number = '', ...others] = (query.get('PhoneNumbers') ?? '').split(',')
    if (others.length > 0) return refuse('isv.MOBILE_COUNT_OVER_LIMIT', '这里只模拟单个号码')
    if (!/^1[3-9]\d{9}$/u.test(number)) return refuse('isv.MOBILE_NUMBER_ILLEGAL', '非法手机号')
    if (query.get('SignName') !== account.signName) return refuse('isv.SMS_SIGNATURE_ILLEGAL', '短信签名不合法')
    const used = templates.find(({ code }) => code === query.get('TemplateCode'))
    if (used?.state !== 'approved') return refuse('isv.SMS_TEMPLATE_ILLEGAL', '短信模版不合法')
    const values = valuesIn(query.get('TemplateParam') ?? '{}')
    if (!values) return refuse('isv.INVALID_JSON_PARAM', 'JSON参数不合法，只接受字符串值')
    const names = [...used.text.matchAll(variable)].map(([, name = '']) => name)
    if (names.some((name) => !values[name])) return refuse('isv.TEMPLATE_MISSING_PARAMETERS', '模版缺少变量')
    const given = names.map((name) => values[name] ?? '')
    if (given.some((value) => Array.from(value).length > used.longest)) {
      return refuse('isv.PARAM_LENGTH_LIMIT', '参数超出长度限制')
    }
    if (given.some((value) => /https?:|www\./iu.test(value))) return refuse('isv.PARAM_NOT_SUPPORT_URL', '不支持URL')
    if (given.some((value) => value.includes('赌博'))) return refuse('isv.BLACK_KEY_CONTROL_LIMIT', '黑名单管控')
    const key = query.get('OutId')
    if (key !== null && Buffer.byteLength(key) >= 256) return refuse('isv.INVALID_PARAMETERS', '参数异常')
    const broken =
      quota([account.signName, used.kind === 'verification' ? '' : used.code, number].join(), limits[used.kind]) ??
      (used.kind === 'verification' ? quota(`all ${number}`, [allVerifications]) : null)
    if (broken) return refuse(broken.code, broken.words)
    const id = `${now().getTime()}${String((last += 1)).padStart(6, '0')}^0`
    const filled = used.text.replace(variable, (_, name: string) => values[name] ?? '')
    const sent = operator.deliver({
      id,
      phone: `+86${number}`,
      template: used.code,
      words: `【${account.signName}】${filled}`,
      ...(key ? { key } : {}),
    })
    operator.report(reportOf(sent))
    return ok({ BizId: id })
  }

  const errorOf = ({ outcome }: Text): { code: string; message: string } =>
    outcome === 'delivered'
      ? { code: 'DELIVERED', message: '用户接收成功' }
      : outcome === 'off'
        ? { code: 'MOBILE_NOT_ON_SERVICE', message: '手机停机' }
        : { code: 'MOBILE_IN_BLACK', message: '手机号在黑名单' }
  function reportOf(text: Text) {
    const { code, message } = errorOf(text)
    return {
      phone_number: text.phone.slice(3),
      send_time: inBeijing(text.at),
      report_time: inBeijing(now()),
      success: text.outcome === 'delivered',
      err_code: code,
      err_msg: message,
      sms_size: String(Math.ceil(text.words.length / 67)),
      biz_id: text.id,
      ...(text.key === undefined ? {} : { out_id: text.key }),
    }
  }
  function sendDetails(query: URLSearchParams): ApiAnswer {
    const size = Number(query.get('PageSize'))
    if (!(size >= 1 && size <= 50)) return refuse('isv.INVALID_PARAMETERS', 'PageSize')
    const found = operator.texts.filter(
      ({ phone, at }) =>
        phone === `+86${query.get('PhoneNumber')}` &&
        inBeijing(at).slice(0, 10).replaceAll('-', '') === query.get('SendDate'),
    )
    const from = (Number(query.get('CurrentPage')) - 1) * size
    const list = found.slice(from, from + size).map((text) => ({
      PhoneNum: query.get('PhoneNumber'),
      SendStatus: text.outcome === 'delivered' ? 3 : 2,
      ErrCode: errorOf(text).code,
      TemplateCode: text.template,
      Content: text.words,
      SendDate: inBeijing(text.at),
      OutId: text.key ?? '',
    }))
    return ok({ TotalCount: found.length, SmsSendDetailDTOs: { SmsSendDetailDTO: list } })
  }
  function listed(query: URLSearchParams, name: string, all: readonly object[]): ApiAnswer {
    const size = Number(query.get('PageSize') ?? 10)
    if (!(size >= 1 && size <= 50)) return refuse('isv.INVALID_PARAMETERS', 'PageSize')
    const from = (Number(query.get('PageIndex') ?? 1) - 1) * size
    return ok({ [name]: all.slice(from, from + size), TotalCount: all.length })
  }
  const kindWords = { verification: '验证码', notification: '通知短信', promotion: '推广短信' }
  function tellDecision({ code, title = code, text, kind, state, reason = '' }: SimulatedTemplate): void {
    operator.report({
      template_type: kindWords[kind],
      reason,
      template_name: title,
      orderId: String((last += 1)),
      template_content: text,
      template_status: state,
      remark: '',
      template_code: code,
      create_date: inBeijing(now()),
    })
  }
  const described = ({ code, title = code, text, kind, state, reason = '无审核备注' }: SimulatedTemplate) => ({
    TemplateCode: code,
    TemplateName: title,
    TemplateContent: text,
    OuterTemplateType: kinds.indexOf(kind),
    AuditStatus: audits[state],
    Reason: { RejectInfo: reason },
  })

  return {
    config: { ...account, callbackSecret, apiUrl: api.url, replyTemplate: 'SMS_100000001' },
    templates,
    faults,
    refusals: operator.refusals,
    pointTo: (url) => operator.pointTo(callbackAddress(url, callbackSecret)),
    phone: (name) =>
      operator.phone(name, async ({ text, id }, by) => {
        const item = {
          phone_number: by.address.slice(3),
          content: text,
          send_time: inBeijing(now()),
          dest_code: '1234',
        }
        await operator.call([{ ...item, sequence_id: id }], by.address)
        return id
      }),
    refuseNext: (code, message = code) => void planned.push({ code, message }),
    review(code, state, reason = '') {
      const found = templates.find((one) => one.code === code)
      if (!found) throw new Error(`There is no template ${code}`)
      tellDecision(Object.assign(found, { state, reason: reason || undefined }))
    },
    settled: () => operator.settled(),
    async stop() {
      operator.stop()
      await api.stop()
    },
  }
}
