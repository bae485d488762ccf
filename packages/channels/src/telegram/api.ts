import { z } from 'zod'
import type { Context, HttpResponse } from '../contract.ts'
import { type JsonObject, parseJson } from '../json.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import type { TelegramConfig } from './config.ts'

/** One call of the Bot API (https://core.telegram.org/bots/api#making-requests, 2026-06-11). */
export type Answer =
  | { kind: 'result'; result: unknown }
  | { kind: 'refused'; status: number; description: string; retryAfterMs: number | null; movedTo: number | null }
  | { kind: 'silence'; written: boolean; reason: string }

const answerForm = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.int(),
    description: z.string().default(''),
    parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.int().optional() }).optional(),
  }),
])

export interface Upload {
  bytes: Buffer
  mime: string
  name: string
}

export async function call(
  method: string,
  fields: JsonObject,
  context: Context<TelegramConfig>,
  upload?: Upload,
): Promise<Answer> {
  const { apiUrl, token } = context.config
  const { headers, body } = upload ? await multipart(fields, upload) : json(fields)
  const timeoutMs = upload ? 120_000 : 15_000
  return understood(
    await context.http(`${apiUrl}/bot${token}/${method}`, { method: 'POST', headers, body, timeoutMs }),
    token,
  )
}

function understood(response: HttpResponse, token: string): Answer {
  // The token is part of every address, and addresses are part of what goes wrong with them.
  if (response.kind === 'silence') return { ...response, reason: response.reason.replaceAll(token, '…') }
  const parsed = answerForm.safeParse(parseJson(response.body))
  if (parsed.success && parsed.data.ok) return { kind: 'result', result: parsed.data.result }
  if (parsed.success && !parsed.data.ok) {
    const { error_code: status, description, parameters } = parsed.data
    const { retry_after: seconds, migrate_to_chat_id: movedTo = null } = parameters ?? {}
    return {
      kind: 'refused',
      status,
      description,
      retryAfterMs: seconds === undefined ? null : seconds * 1000,
      movedTo,
    }
  }
  // Not from the Bot API itself but from what stands before it.
  if (response.status < 300) return { kind: 'silence', written: true, reason: 'The answer is not of the Bot API' }
  return { kind: 'refused', status: response.status, description: '', retryAfterMs: null, movedTo: null }
}

const json = (fields: JsonObject) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) })

async function multipart(fields: JsonObject, { bytes, mime, name }: Upload) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields))
    form.set(field, typeof value === 'string' ? value : JSON.stringify(value))
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), name)
  const whole = new Response(form)
  return {
    headers: { 'content-type': whole.headers.get('content-type') ?? '' },
    body: Buffer.from(await whole.arrayBuffer()),
  }
}

/** Descriptions are all there is to tell refusals apart; those of the server itself are in capitals. */
const meanings: readonly [RegExp, ProblemCode][] = [
  [/bot was blocked by the user/u, 'blocked-us'],
  [/user is deactivated/u, 'unreachable'],
  [/chat not found|PEER_ID_INVALID|user not found/u, 'address-unknown'],
  [/BUSINESS_PEER_USAGE_MISSING|BUSINESS_PEER_INVALID/u, 'window-closed'],
  [/BUSINESS_CONNECTION|business connection not found/u, 'not-connected'],
  [/too long/u, 'too-long'],
  [/file is too big|Request Entity Too Large/u, 'too-large'],
  [
    /PHOTO_|IMAGE_PROCESS_FAILED|wrong (?:file|remote)|failed to get HTTP URL content|wrong type of the web page/u,
    'media-refused',
  ],
  [/ALLOW_PAYMENT_REQUIRED/u, 'payment-needed'],
  [
    /not enough rights|no rights|WRITE_FORBIDDEN|_FORBIDDEN|bot was kicked|not a member|can't initiate/u,
    'not-permitted',
  ],
]
const byStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'credentials-refused',
  403: 'not-permitted',
  404: 'credentials-refused',
  413: 'too-large',
  429: 'rate-limited',
}

export function problemOf(answer: Exclude<Answer, { kind: 'result' }>): Problem {
  if (answer.kind === 'silence') return { code: 'no-answer', detail: answer.reason }
  const { status, description } = answer
  const meaning = meanings.find(([pattern]) => pattern.test(description))?.[1]
  const code = meaning ?? (status >= 500 ? 'provider-failed' : (byStatus[status] ?? 'content-refused'))
  return { code, providerCode: String(status), ...(description === '' ? {} : { detail: description.slice(0, 500) }) }
}
