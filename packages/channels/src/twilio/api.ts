import { z } from 'zod'
import type { Context } from '../contract.ts'
import { isObject, parseJson } from '../json.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { Config } from './config.ts'

export type Answer =
  | { kind: 'ok'; value: Record<string, unknown> }
  | { kind: 'refused'; status: number; code: number | null; detail: string; retryAfterMs: number | null }
  | { kind: 'silence'; written: boolean; reason: string }

const refusal = z.looseObject({ code: z.int().nullish().catch(null), message: z.string().catch('') })

export const authorization = ({ accountSid, authToken, apiKeySid, apiKeySecret }: Config): string => {
  const pair = apiKeySid && apiKeySecret ? `${apiKeySid}:${apiKeySecret}` : `${accountSid}:${authToken}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
export const accountUrl = ({ apiUrl, accountSid }: Config): string => `${apiUrl}/2010-04-01/Accounts/${accountSid}`

type Fields = readonly (readonly [string, string])[]

function formText(fields: Fields): string {
  const form = new URLSearchParams()
  for (const [name, value] of fields) form.append(name, value)
  return form.toString()
}

/** With a form it posts, without one it asks. */
export async function call(context: Context<Config>, url: string, form?: Fields): Promise<Answer> {
  const { config } = context
  const answer = await context.http(url, {
    method: form ? 'POST' : 'GET',
    headers: {
      authorization: authorization(config),
      accept: 'application/json',
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(form ? { body: formText(form) } : {}),
  })
  if (answer.kind === 'silence') return { ...answer, reason: withoutSecrets(answer.reason, config) }
  const value = parseJson(answer.body)
  if (answer.status >= 200 && answer.status < 300 && isObject(value)) return { kind: 'ok', value }
  const { code = null, message } = refusal.safeParse(value).data ?? { message: '' }
  const detail = withoutSecrets(message, config)
  return {
    kind: 'refused',
    status: answer.status,
    code: code ?? null,
    detail,
    retryAfterMs: retryAfterMs(answer.headers),
  }
}

function withoutSecrets(text: string, { authToken, apiKeySecret, sharedKeySecret }: Config): string {
  return [authToken, apiKeySecret, sharedKeySecret].reduce<string>(
    (clean, secret) => (secret ? clean.replaceAll(secret, '…') : clean),
    text.slice(0, 2_000),
  )
}
