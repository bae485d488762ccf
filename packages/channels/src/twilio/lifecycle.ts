import { z } from 'zod'
import type { Context, Finding, Words } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { accountUrl, type Answer, call } from './api.ts'
import { canReceive, type Config, isService } from './config.ts'
import { problemOf } from './errors.ts'

type Twilio = Context<Config>

const numbers = z.object({
  incoming_phone_numbers: z.array(
    z.object({
      sid: z.string(),
      sms_url: z.string().nullish(),
      sms_application_sid: z.string().nullish(),
      capabilities: z
        .looseObject({ sms: z.boolean().catch(true), mms: z.boolean().catch(true) })
        .optional()
        .catch(undefined),
    }),
  ),
})
const service = z.object({
  inbound_request_url: z.string().nullish(),
  use_inbound_webhook_on_number: z.boolean().catch(false),
})
const account = z.object({ status: z.string().catch('active'), type: z.string().catch('Full') })

const serviceUrl = ({ messagingUrl, sender }: Config): string => `${messagingUrl}/v1/Services/${sender}`
const numberUrl = (config: Config, sid?: string): string =>
  sid === undefined
    ? `${accountUrl(config)}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(config.sender)}`
    : `${accountUrl(config)}/IncomingPhoneNumbers/${sid}.json`

export const connect = (context: Twilio): Promise<Problem | null> => pointTo(context, context.callbackUrl)

/** Only where it still leads to us: another system may have been connected since. */
export async function disconnect(context: Twilio): Promise<Problem | null> {
  const place = await placeOf(context)
  if ('code' in place) return place
  return place.url === context.callbackUrl ? pointTo(context, '') : null
}

async function pointTo(context: Twilio, url: string): Promise<Problem | null> {
  const { config } = context
  if (!canReceive(config.sender)) return null
  if (isService(config.sender)) {
    const fields = [
      ['InboundRequestUrl', url],
      ['InboundMethod', 'POST'],
      ['UseInboundWebhookOnNumber', 'false'],
    ] as const
    return problemIn(await call(context, serviceUrl(config), fields))
  }
  const place = await placeOf(context)
  if ('code' in place) return place
  // An application set on a number would go before its own address.
  const fields = [
    ['SmsUrl', url],
    ['SmsMethod', 'POST'],
    ['SmsApplicationSid', ''],
  ] as const
  return problemIn(await call(context, numberUrl(config, place.sid), fields))
}

const problemIn = (answer: Answer): Problem | null => (answer.kind === 'ok' ? null : problemOf(answer))

interface Place {
  sid: string
  /** Where Twilio calls for a message. */
  url: string
  mms: boolean
}
async function placeOf(context: Twilio): Promise<Place | Problem> {
  const { config } = context
  if (isService(config.sender)) {
    const answer = await call(context, serviceUrl(config))
    if (answer.kind !== 'ok') return problemOf(answer)
    const { inbound_request_url: url, use_inbound_webhook_on_number: onNumber = false } =
      service.safeParse(answer.value).data ?? {}
    return { sid: config.sender, url: onNumber ? '' : (url ?? ''), mms: true }
  }
  const answer = await call(context, numberUrl(config))
  if (answer.kind !== 'ok') return problemOf(answer)
  const [number] = numbers.safeParse(answer.value).data?.incoming_phone_numbers ?? []
  if (!number) return { code: 'address-unknown', detail: `${config.sender} is not a number of the account` }
  const url = number.sms_application_sid ? '' : (number.sms_url ?? '')
  return { sid: number.sid, url, mms: number.capabilities?.mms ?? true }
}

export async function check(context: Twilio): Promise<Finding[]> {
  const { config } = context
  const answer = await call(context, `${accountUrl(config)}.json`)
  if (answer.kind !== 'ok') return [unreachable(problemOf(answer))]
  const { status, type } = account.parse(answer.value)
  if (status !== 'active') {
    return [
      wrong(
        `账户状态为 ${status}：请在 Twilio Console 中处理`,
        `The account is ${status}: see to it in the Twilio Console`,
      ),
    ]
  }
  const works =
    type === 'Trial'
      ? right(
          '凭据有效；试用账户只能发给已验证的号码',
          'The credentials work; a trial account only sends to numbers that were verified',
        )
      : right('凭据有效', 'The credentials work')
  if (!canReceive(config.sender)) {
    return [
      works,
      right(`“${config.sender}” 只能发送，客户无法回复`, `“${config.sender}” can only send: customers cannot answer`),
    ]
  }
  const place = await placeOf(context)
  return 'code' in place ? [works, senderDoubt(config.sender, place)] : [works, ...placeFindings(place, context)]
}

function placeFindings({ url, mms }: Place, { config, callbackUrl }: Twilio): Finding[] {
  const called =
    url === callbackUrl
      ? right('客户消息会送到本系统', 'Messages of customers come to us')
      : url === ''
        ? wrong('Twilio 尚不知道回调地址：请点“连接”', 'Twilio does not know where to call: press Connect')
        : wrong(
            '该号码的消息送往另一系统：请在该系统停用，再点“连接”',
            'Messages to this number go to another system: stop it there, then press Connect',
          )
  if (mms || !config.mms) return [called]
  return [
    called,
    wrong('该号码不支持彩信：请关闭“以彩信发送”', 'This number cannot send MMS: switch “Send files as MMS” off'),
  ]
}

function unreachable({ code, detail = '' }: Problem): Finding {
  return code === 'credentials-refused'
    ? wrong(
        'Twilio 拒绝了凭据：请在 Console 首页重新复制账户 SID 与 Auth Token（或检查 API 密钥）',
        'Twilio refuses the credentials: copy Account SID and Auth Token from the Console again, or see to the API key',
      )
    : wrong(`无法访问 Twilio：${detail}`, `Twilio cannot be reached: ${detail}`)
}

const senderDoubt = (sender: string, { detail = '' }: Problem): Finding =>
  wrong(`发送方 ${sender} 不可用：${detail}`, `The sender ${sender} cannot be used: ${detail}`)

/** For those who rather paste it themselves. */
export const setup = (callbackUrl: string): { label: Words; value: string }[] => [
  {
    label: {
      zh: '号码或消息服务的“A message comes in → Webhook”（HTTP POST）',
      en: '“A message comes in → Webhook” of the number or the messaging service (HTTP POST)',
    },
    value: callbackUrl,
  },
]

const right = (zh: string, en: string): Finding => ({ ok: true, words: { zh, en } })
const wrong = (zh: string, en: string): Finding => ({ ok: false, words: { zh, en } })
