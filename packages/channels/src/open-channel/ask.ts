import type { Context, Finding, HttpResponse, MediaResult, Profile, Signal, Template } from '../contract.ts'
import type { MediaReference } from '../events.ts'
import type { Problem } from '../problem.ts'
import { retryAfterMs } from '../retry-after.ts'
import type { OpenConfig } from './config.ts'
import { maxMediaBytes, profileAnswer, templatesAnswer } from './protocol.ts'
import { ask, problemOf } from './send.ts'
import { parseJson } from '../json.ts'

type Open = Context<OpenConfig>

/** By its address, or by its id from the one who named it. */
export async function fetchMedia({ id, url }: MediaReference, context: Open): Promise<MediaResult> {
  const response =
    url === undefined
      ? await ask({ type: 'media', mediaId: id ?? '' }, context)
      : await context.http(url, { maxBytes: maxMediaBytes, timeoutMs: 60_000 })
  if (response.kind === 'answer' && response.status === 200) {
    const mime = response.headers['content-type']?.split(';')[0]?.trim()
    return { kind: 'fetched', bytes: response.body, ...(mime ? { mime } : {}) }
  }
  const lasting = response.kind === 'answer' && response.status < 500 && ![408, 425, 429].includes(response.status)
  if (lasting) return { kind: 'gone', problem: { ...problemOf(response), code: 'media-gone' } }
  const afterMs = response.kind === 'answer' ? retryAfterMs(response.headers) : null
  return { kind: 'retry', afterMs, problem: problemOf(response) }
}

export async function signal(given: Signal, context: Open): Promise<Problem | null> {
  const response = await ask(
    given.kind === 'typing'
      ? { type: 'typing', to: given.to }
      : { type: 'read', to: given.to, messageId: given.messageId },
    context,
  )
  return yes(response) ? null : problemOf(response)
}

export async function profile(customerId: string, context: Open): Promise<Profile | null> {
  const response = await ask({ type: 'profile', customerId }, context)
  const body = yes(response)
  if (!body) return null
  const parsed = profileAnswer.safeParse(parseJson(body))
  if (!parsed.success) return null
  const { name, avatarUrl, language, attributes, phone, email } = parsed.data
  const known = { ...attributes, ...(phone === undefined ? {} : { phone }), ...(email === undefined ? {} : { email }) }
  return {
    ...(name === undefined ? {} : { name }),
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(language === undefined ? {} : { language }),
    ...(Object.keys(known).length > 0 ? { attributes: known } : {}),
  }
}

export async function listTemplates(context: Open): Promise<Template[] | Problem> {
  const response = await ask({ type: 'templates' }, context)
  const body = yes(response)
  if (!body) return problemOf(response)
  const parsed = templatesAnswer.safeParse(parseJson(body))
  if (!parsed.success) return { code: 'provider-failed', detail: 'The answer to templates has another form' }
  return parsed.data.templates.map(({ reason, ...template }) =>
    reason === undefined ? template : { ...template, reason },
  )
}

export async function check(context: Open): Promise<Finding[]> {
  const response = await ask({ type: 'ping' }, context)
  if (yes(response)) {
    return [{ ok: true, words: { zh: '贵方系统已应答测试请求', en: 'Your system answered the test request' } }]
  }
  const { code, detail = '' } = problemOf(response)
  const said = detail === '' ? '' : ` (${detail})`
  if (code === 'credentials-refused') {
    return [
      {
        ok: false,
        words: {
          zh: `贵方系统拒绝了我们的签名${said}：请核对两边的签名密钥与服务器时间`,
          en: `Your system refuses our signature${said}: compare the signing secret and the clock on both sides`,
        },
      },
    ]
  }
  if (response.kind === 'silence') {
    return [
      {
        ok: false,
        words: {
          zh: `接收地址没有应答${said}：请检查地址、防火墙与证书`,
          en: `Your address does not answer${said}: check the address, the firewall and the certificate`,
        },
      },
    ]
  }
  return [
    {
      ok: false,
      words: {
        zh: `接收地址返回 ${response.status}${said}：对 type 为 ping 的请求应返回 2xx`,
        en: `Your address answers ${response.status}${said}: requests of type ping are to be answered with 2xx`,
      },
    },
  ]
}

/** The body of an answer that says yes. */
const yes = (response: HttpResponse): Buffer | null =>
  response.kind === 'answer' && response.status >= 200 && response.status < 300 ? response.body : null
