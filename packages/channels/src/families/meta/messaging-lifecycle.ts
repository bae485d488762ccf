import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Context, Finding } from '../../contract.ts'
import { findingOf } from './check.ts'
import { graph, type GraphAnswer, type GraphConfig, problemOf } from './graph.ts'
import { messagingRules } from './messaging-send.ts'
import type { Problem } from '../../problem.ts'

interface Config extends GraphConfig {
  appId: string
  verifyToken: string
}

/** The app itself is told on its own page where to call; here the account says that it wants to be listened to. */
export async function subscribe(context: Context<Config>, fields: string): Promise<Problem | null> {
  const query = { subscribed_fields: fields }
  const answer = await graph(context, { method: 'POST', path: 'me/subscribed_apps', query })
  return answer.kind === 'ok' ? null : problemOf(answer, messagingRules)
}

export async function unsubscribe(context: Context<Config>): Promise<Problem | null> {
  const answer = await graph(context, { method: 'DELETE', path: 'me/subscribed_apps' })
  return answer.kind === 'ok' ? null : problemOf(answer, messagingRules)
}

/** Meta compares the proof with the secret of the app that the token belongs to. */
export function askMe(context: Context<Config>, fields: string): Promise<GraphAnswer> {
  const { accessToken, appSecret } = context.config
  const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex')
  return graph(context, { method: 'GET', path: 'me', query: { fields, appsecret_proof: proof } })
}

const subscriptions = z.object({
  data: z.array(z.looseObject({ id: z.coerce.string(), subscribed_fields: z.array(z.string()).catch([]) })),
})

export async function subscription(context: Context<Config>, wanted: string): Promise<Finding> {
  const answer = await graph(context, { method: 'GET', path: 'me/subscribed_apps' })
  if (answer.kind !== 'ok') return findingOf(answer, problemOf(answer, messagingRules))
  const apps = subscriptions.safeParse(answer.value).data?.data ?? []
  const fields = apps.find(({ id }) => id === context.config.appId)?.subscribed_fields ?? []
  const missing = wanted.split(',').filter((field) => !fields.includes(field))
  if (missing.length === 0) {
    return { ok: true, words: { zh: 'Meta 会把消息送到这个应用。', en: 'Meta delivers messages to this app.' } }
  }
  return {
    ok: false,
    words: {
      zh: `这个账户还没有向应用送出：${missing.join('、')}。请点“连接”。`,
      en: `This account does not deliver to the app yet: ${missing.join(', ')}. Press “Connect”.`,
    },
  }
}

export const metaSetup = (callbackUrl: string, { verifyToken }: { verifyToken: string }, fields: string) => [
  { label: { zh: '回调网址', en: 'Callback URL' }, value: callbackUrl },
  { label: { zh: '验证令牌', en: 'Verify token' }, value: verifyToken },
  { label: { zh: '要订阅的 webhook 字段', en: 'Webhook fields to subscribe' }, value: fields },
]
