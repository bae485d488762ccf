import {
  isProblem,
  type OutgoingMessage,
  type Part,
  type Rendered,
  type SendContext,
  type SendResult,
} from '../contract.ts'
import { undelivered } from '../families/sms-cn/outcome.ts'
import { isMainland } from '../families/sms-cn/phone.ts'
import { formOf } from '../families/sms-cn/reply.ts'
import { inBeijing } from '../families/sms-cn/time.ts'
import type { JsonObject } from '../json.ts'
import { z } from 'zod'
import { call } from './api.ts'
import { type Config, replyOf } from './config.ts'
import { variablesOf } from './templates.ts'

/** Names of a template's variables are not in what is written: `values` waits for them until it is sent. */
export function render(message: OutgoingMessage, config: Config): Rendered {
  if (!isMainland(message.to)) {
    const detail = '只能发到中国内地手机号 Only to mobile numbers of mainland China'
    return { kind: 'impossible', problem: { code: 'address-unknown', detail } }
  }
  const form = formOf(message, replyOf(config))
  if (form.kind === 'impossible') return form
  const frame = { PhoneNumbers: message.to.slice('+86'.length), SignName: config.signName.toWellFormed() }
  const request: JsonObject =
    form.kind === 'template'
      ? { ...frame, TemplateCode: form.name, values: form.values }
      : {
          ...frame,
          TemplateCode: config.replyTemplate ?? '',
          TemplateParam: JSON.stringify({ [config.replyVariable]: form.text }),
        }
  return { kind: 'parts', parts: [{ request }], degraded: form.kind === 'reply' ? form.degraded : [] }
}

const stored = z.object({
  PhoneNumbers: z.string(),
  SignName: z.string(),
  TemplateCode: z.string(),
  TemplateParam: z.string().optional(),
  values: z.array(z.string()).default([]),
})
const valuesByName = z.record(z.string(), z.string())

/** Of a template the values alone are ours. */
export function wordsIn({ request }: Part): string {
  const { values, TemplateParam: variables } = stored.parse(request)
  return variables === undefined ? values.join(' ') : Object.values(valuesByName.parse(JSON.parse(variables))).join(' ')
}

export async function send({ request }: Part, context: SendContext<Config>): Promise<SendResult> {
  const { values, ...query } = stored.parse(request)
  const named = values.length > 0 ? await withNames(query.TemplateCode, values, context) : {}
  if ('kind' in named) return named
  const { TemplateParam = named.TemplateParam, ...frame } = query
  const answer = await call(
    'SendSms',
    { ...frame, ...(TemplateParam === undefined ? {} : { TemplateParam }), OutId: context.idempotencyKey },
    context,
  )
  if (answer.kind !== 'ok') return answer
  return { kind: 'accepted', messageId: typeof answer.body.BizId === 'string' ? answer.body.BizId : null }
}

async function withNames(
  code: string,
  values: readonly string[],
  context: SendContext<Config>,
): Promise<{ TemplateParam?: string } | SendResult> {
  const names = await variablesOf(code, context)
  if (isProblem(names)) {
    // Nothing was sent yet, so that what may pass can be tried again.
    const passes = ['no-answer', 'rate-limited', 'provider-failed'].includes(names.code)
    return passes ? { kind: 'retry', afterMs: null, problem: names } : { kind: 'rejected', problem: names }
  }
  if (names.length !== values.length) {
    const detail = `模板有 ${names.length} 个变量，给了 ${values.length} 个 The template has ${names.length} variables, ${values.length} were given`
    return { kind: 'rejected', problem: { code: 'template-refused', detail } }
  }
  return { TemplateParam: JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']))) }
}

const details = z.object({
  SmsSendDetailDTOs: z.object({
    SmsSendDetailDTO: z.array(
      z.object({ OutId: z.string().catch(''), SendStatus: z.coerce.number(), ErrCode: z.string().catch('') }),
    ),
  }),
})
const pages = 10
const dayMs = 86_400_000

/** Looks for our key among what the number was sent today and yesterday, in Beijing. Records come late: none is no proof. */
export async function reconcile({ request }: Part, context: SendContext<Config>): Promise<SendResult> {
  const { PhoneNumbers: phone } = stored.parse(request)
  for (const daysAgo of [0, 1]) {
    const day = inBeijing(new Date(context.now().getTime() - daysAgo * dayMs)).slice(0, 10)
    for (let page = 1; page <= pages; page += 1) {
      const query = { PhoneNumber: phone, SendDate: day.replaceAll('-', ''), PageSize: '50', CurrentPage: String(page) }
      const answer = await call('QuerySendDetails', query, context)
      if (answer.kind !== 'ok') return { kind: 'unknown', problem: answer.problem }
      const found = details.safeParse(answer.body).data?.SmsSendDetailDTOs.SmsSendDetailDTO ?? []
      const ours = found.find(({ OutId: key }) => key === context.idempotencyKey)
      if (ours?.SendStatus === 2) return { kind: 'rejected', problem: undelivered(ours.ErrCode, '') }
      if (ours) return { kind: 'accepted', messageId: null }
      if (found.length < 50) break
    }
  }
  const detail = '发送记录里没有这条短信 There is no record of this text'
  return { kind: 'unknown', problem: { code: 'no-answer', detail } }
}
