import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Context, Finding, Words } from '../contract.ts'
import { findingOf } from '../families/meta/check.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const number = z.object({
  display_phone_number: z.string(),
  verified_name: z.string().optional(),
  quality_rating: z.string().optional(),
  code_verification_status: z.string().optional(),
})
const subscriptions = z.object({ data: z.array(z.looseObject({ override_callback_uri: z.string().optional() })) })

/** Our address for this business account, whatever the app says of others; Meta calls it at once to see whether it answers. */
export async function connect(context: Context<Config>): Promise<Problem | null> {
  const answer = await graph(context, {
    method: 'POST',
    path: `${context.config.businessAccountId}/subscribed_apps`,
    json: { override_callback_uri: context.callbackUrl, verify_token: context.config.verifyToken },
  })
  if (answer.kind === 'ok') return null
  const problem = problemOf(answer, rules)
  return problem.providerCode?.startsWith('2200') ? { ...problem, code: 'callback-wrong' } : problem
}

export async function disconnect(context: Context<Config>): Promise<Problem | null> {
  const path = `${context.config.businessAccountId}/subscribed_apps`
  const answer = await graph(context, { method: 'DELETE', path })
  return answer.kind === 'ok' ? null : problemOf(answer, rules)
}

export async function check(context: Context<Config>): Promise<Finding[]> {
  const { accessToken, appSecret, phoneNumberId, businessAccountId } = context.config
  // Meta compares the proof with the secret of the app that the token belongs to.
  const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex')
  const fields = 'display_phone_number,verified_name,quality_rating,code_verification_status'
  const query = { fields, appsecret_proof: proof }
  const asked = await graph(context, { method: 'GET', path: phoneNumberId, query })
  if (asked.kind !== 'ok') return [findingOf(asked, problemOf(asked, rules))]
  const found = number.safeParse(asked.value).data
  if (!found) {
    return [
      finding(false, {
        zh: '这个编号不是 WhatsApp 电话号码：请从“API 设置”页复制“电话号码编号”。',
        en: 'This ID is no WhatsApp phone number: copy the “Phone number ID” from the API Setup page.',
      }),
    ]
  }
  return [
    finding(true, {
      zh: `已连接 ${found.display_phone_number}（${found.verified_name ?? ''}）。`,
      en: `Connected to ${found.display_phone_number} (${found.verified_name ?? ''}).`,
    }),
    ...quality(found.quality_rating),
    await subscription(context, businessAccountId),
  ]
}

const finding = (ok: boolean, words: Words): Finding => ({ ok, words })

const quality = (rating = 'UNKNOWN'): Finding[] =>
  rating === 'RED' || rating === 'YELLOW'
    ? [
        finding(rating !== 'RED', {
          zh: `号码质量为 ${rating}：客户常常屏蔽或举报，请减少主动消息。`,
          en: `The number's quality is ${rating}: customers block or report it; send fewer messages unasked.`,
        }),
      ]
    : []

async function subscription(context: Context<Config>, account: string): Promise<Finding> {
  const answer = await graph(context, { method: 'GET', path: `${account}/subscribed_apps` })
  if (answer.kind !== 'ok') return findingOf(answer, problemOf(answer, rules))
  const apps = subscriptions.safeParse(answer.value).data?.data ?? []
  if (apps.some((app) => app.override_callback_uri === context.callbackUrl)) {
    return finding(true, { zh: 'Meta 会把消息送到这里。', en: 'Meta delivers messages here.' })
  }
  return finding(false, {
    zh: 'Meta 还没有把这个账户的消息送到这里：请点“连接”，并确认服务器能从互联网以 HTTPS 访问。',
    en: 'Meta does not deliver this account’s messages here yet: press “Connect”, and make sure that the server can be reached over HTTPS.',
  })
}

export const setup = (callbackUrl: string, config: Config) => [
  { label: { zh: '回调网址', en: 'Callback URL' }, value: callbackUrl },
  { label: { zh: '验证令牌', en: 'Verify token' }, value: config.verifyToken },
  {
    // A changed user id comes by `messages`: `user_id_update` cannot be subscribed to
    // (https://developers.facebook.com/documentation/business-messaging/whatsapp/changelog, 2026-08-11).
    label: { zh: '要订阅的 webhook 字段', en: 'Webhook fields to subscribe' },
    value:
      'messages, smb_message_echoes, user_preferences, message_template_status_update, account_update, account_alerts, phone_number_quality_update',
  },
]
