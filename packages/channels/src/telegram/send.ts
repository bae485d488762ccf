import { z } from 'zod'
import type { Part, SendContext, SendResult } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import { type Answer, call, problemOf, type Upload } from './api.ts'
import type { TelegramConfig } from './config.ts'
import { messageName } from './names.ts'

const shown = z.object({ message_id: z.int(), chat: z.object({ id: z.int() }) })

export async function send(
  { request, attachmentIds = [] }: Part,
  context: SendContext<TelegramConfig>,
): Promise<SendResult> {
  const { method, ...fields } = request
  if (typeof method !== 'string') return { kind: 'rejected', problem: { code: 'unsupported', detail: 'No method' } }
  const [id] = attachmentIds
  const upload = id === undefined ? undefined : await context.attachment(id)
  const answer = await call(method, fields, context, upload)
  if (answer.kind !== 'refused' || answer.movedTo === null) return resultOf(answer, fields)
  return toSupergroup(answer.movedTo, { method, fields, upload }, context)
}

/** A group that grew has another id from then on; nothing was sent to the old one. */
async function toSupergroup(
  movedTo: number,
  { method, fields, upload }: { method: string; fields: JsonObject; upload: Upload | undefined },
  context: SendContext<TelegramConfig>,
): Promise<SendResult> {
  const { reply_parameters: _, ...others } = fields
  const moved = { ...others, chat_id: movedTo }
  const result = resultOf(await call(method, moved, context, upload), moved)
  return result.kind === 'accepted' ? { ...result, moved: String(movedTo) } : result
}

function resultOf(answer: Answer, { business_connection_id: connection }: JsonObject): SendResult {
  if (answer.kind === 'result') {
    const parsed = shown.safeParse(answer.result)
    if (!parsed.success) return { kind: 'accepted', messageId: null }
    const { chat, message_id: number } = parsed.data
    return {
      kind: 'accepted',
      messageId: messageName(chat.id, typeof connection === 'string' ? connection : undefined, number),
    }
  }
  const problem = problemOf(answer)
  if (answer.kind === 'silence')
    return answer.written ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: null, problem }
  const { status, retryAfterMs } = answer
  // A gateway that gave up waiting does not know whether the message was sent, and there is no key to ask again with.
  if (status === 502 || status === 504) return { kind: 'unknown', problem }
  if (status === 429 || status >= 500) return { kind: 'retry', afterMs: retryAfterMs, problem }
  return { kind: 'rejected', problem }
}
