import { z } from 'zod'
import type { OutgoingMessage, Part, Rendered, SendContext, SendResult } from '../contract.ts'
import { undelivered } from '../families/sms-cn/outcome.ts'
import { canonicalPhone, isMainland } from '../families/sms-cn/phone.ts'
import { formOf } from '../families/sms-cn/reply.ts'
import { isObject, type JsonObject } from '../json.ts'
import { call, refusalOf } from './api.ts'
import { type Config, replyOf } from './config.ts'

export function render(message: OutgoingMessage, config: Config): Rendered {
  const to = canonicalPhone(message.to)
  if (to === null) {
    const detail = '不是手机号 Not a mobile number'
    return { kind: 'impossible', problem: { code: 'address-unknown', detail } }
  }
  const form = formOf(message, replyOf(config))
  if (form.kind === 'impossible') return form
  const [template, values] =
    form.kind === 'template' ? [form.name, form.values] : [config.replyTemplate ?? '', [form.text]]
  const request: JsonObject = {
    PhoneNumberSet: [to],
    SmsSdkAppId: config.sdkAppId,
    TemplateId: template,
    // Abroad a signature is another thing, and optional.
    ...(isMainland(to) ? { SignName: config.signName.toWellFormed() } : {}),
    ...(values.length > 0 ? { TemplateParamSet: values } : {}),
  }
  return { kind: 'parts', parts: [{ request }], degraded: form.kind === 'reply' ? form.degraded : [] }
}

export async function send({ request }: Part, context: SendContext<Config>): Promise<SendResult> {
  const answer = await call('SendSms', { ...request, SessionContext: context.idempotencyKey }, context)
  if (answer.kind !== 'ok') return answer
  const { SendStatusSet: list } = answer.body
  const own: unknown = Array.isArray(list) ? list[0] : undefined
  if (!isObject(own)) return { kind: 'unknown', problem: { code: 'provider-failed', detail: 'No SendStatusSet' } }
  if (own.Code !== 'Ok') return refusalOf(own, context.config)
  return { kind: 'accepted', messageId: typeof own.SerialNo === 'string' && own.SerialNo ? own.SerialNo : null }
}

const stored = z.object({ PhoneNumberSet: z.tuple([z.string()]) })
const pulled = z.object({
  PullSmsSendStatusSet: z.array(
    z.object({
      SerialNo: z.string().catch(''),
      ReportStatus: z.string().catch(''),
      Description: z.string().catch(''),
      SessionContext: z.string().catch(''),
    }),
  ),
})
const daySeconds = 86_400

/**
 * Looks for our key among what became of texts to this number. It is there once the carrier has reported, and only for
 * accounts to which Tencent Cloud gives it back: none is no proof.
 */
export async function reconcile({ request }: Part, context: SendContext<Config>): Promise<SendResult> {
  const [PhoneNumber] = stored.parse(request).PhoneNumberSet
  const EndTime = Math.floor(context.now().getTime() / 1000)
  const query = { PhoneNumber, SmsSdkAppId: context.config.sdkAppId, BeginTime: EndTime - daySeconds, EndTime }
  const answer = await call('PullSmsSendStatusByPhoneNumber', { ...query, Offset: 0, Limit: 100 }, context)
  if (answer.kind !== 'ok') return { kind: 'unknown', problem: answer.problem }
  const found = pulled.safeParse(answer.body).data?.PullSmsSendStatusSet ?? []
  const ours = found.find(({ SessionContext: key }) => key === context.idempotencyKey)
  if (ours?.ReportStatus === 'FAIL') return { kind: 'rejected', problem: undelivered('', ours.Description) }
  if (ours) return { kind: 'accepted', messageId: ours.SerialNo || null }
  const detail = '状态记录里没有这条短信 There is no record of this text'
  return { kind: 'unknown', problem: { code: 'no-answer', detail } }
}
