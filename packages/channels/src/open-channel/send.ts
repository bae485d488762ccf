import type { Context, HttpResponse, Part, Revision, SendContext, SendResult } from '../contract.ts'
import { type Problem, type ProblemCode, problemCodes } from '../problem.ts'
import { retryAfterMs } from '../retry-after.ts'
import { signWebhook } from '../standard-webhooks.ts'
import type { OpenConfig } from './config.ts'
import { maxMediaBytes, refusal, sentAnswer, type ToCompany } from './protocol.ts'
import { parseJson } from '../json.ts'

/** The same key for each try: the company's system answers a repeat as it answered the first. */
export const send = async ({ request }: Part, context: SendContext<OpenConfig>): Promise<SendResult> =>
  sendResult(await post(JSON.stringify(request), context.idempotencyKey, context))

/** Any question or signal of ours; its key is only a name in logs. */
export const ask = (question: ToCompany, context: Context<OpenConfig>): Promise<HttpResponse> =>
  post(JSON.stringify(question), `${question.type}-${context.now().getTime()}`, context)

/** How agents react, where the company's system says that it takes reactions. What it does not know it answers with 404. */
export async function revise(change: Revision, context: SendContext<OpenConfig>): Promise<SendResult> {
  const unsupported: Problem = { code: 'unsupported', detail: 'The system at your address takes no such change' }
  if (change.kind !== 'react' || !context.config.reactions) return { kind: 'rejected', problem: unsupported }
  const { to, thread, messageId, emoji } = change
  const where = { to, ...(thread === undefined ? {} : { thread }) }
  const response = await post(
    JSON.stringify({ type: 'reaction', ...where, messageId, emoji } satisfies ToCompany),
    context.idempotencyKey,
    context,
  )
  const result = sendResult(response)
  if (result.kind === 'accepted') return { kind: 'accepted', messageId: null }
  // Without a code of ours the request is what it does not know, not the customer.
  return result.kind === 'rejected' && result.problem.providerCode === '404'
    ? { kind: 'rejected', problem: { ...unsupported, providerCode: '404' } }
    : result
}

function post(body: string, id: string, context: Context<OpenConfig>): Promise<HttpResponse> {
  const { config, previous } = context
  // While secrets change the company's system may know either of them.
  const secrets = previous && previous.secret !== config.secret ? [config.secret, previous.secret] : [config.secret]
  return context.http(config.endpointUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signWebhook(id, context.now(), body, secrets) },
    body,
    timeoutMs: 15_000,
    maxBytes: maxMediaBytes,
  })
}

function sendResult(response: HttpResponse): SendResult {
  if (response.kind === 'silence') {
    const problem: Problem = { code: 'no-answer', detail: response.reason }
    return response.written ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: null, problem }
  }
  const { status, headers } = response
  if (status >= 200 && status < 300) {
    const parsed = sentAnswer.safeParse(parseJson(response.body))
    const { id = null, movedTo } = parsed.success ? parsed.data : {}
    return { kind: 'accepted', messageId: id, ...(movedTo === undefined ? {} : { moved: movedTo }) }
  }
  const problem = problemOf(response)
  return status >= 500 || [408, 425, 429].includes(status)
    ? { kind: 'retry', afterMs: retryAfterMs(headers), problem }
    : { kind: 'rejected', problem }
}

const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'credentials-refused',
  403: 'not-permitted',
  404: 'address-unknown',
  410: 'not-connected',
  413: 'too-large',
  415: 'media-refused',
  429: 'rate-limited',
}

export function problemOf(response: HttpResponse): Problem {
  if (response.kind === 'silence') return { code: 'no-answer', detail: response.reason }
  const parsed = refusal.safeParse(parseJson(response.body))
  const { code, detail } = parsed.success ? parsed.data : {}
  const { status } = response
  const byStatus =
    status >= 500 ? 'provider-failed' : status < 400 ? 'not-connected' : (codesByStatus[status] ?? 'content-refused')
  return {
    code: problemCodes.find((known) => known === code) ?? byStatus,
    providerCode: code ?? String(status),
    ...(detail === undefined ? {} : { detail: detail.slice(0, 500) }),
  }
}
