import { z } from 'zod'
import type { Context, OutgoingMessage, Part, Rendered, SendResult } from '../contract.ts'
import { graph, resultOf } from '../families/meta/graph.ts'
import { wordsOf } from '../families/meta/messaging-render.ts'
import { messagingRules } from '../families/meta/messaging-send.ts'
import { textIn } from '../families/meta/webhook.ts'
import { splitText } from '../split-text.ts'
import type { Config } from './config.ts'

/** Cautious: no limit is documented. https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies (2026-11-28) */
const commentLimit = 300

/** What was said in public is answered in public, under the comment; comments hold nothing but words. */
export function renderComment(message: OutgoingMessage): Rendered {
  if (!message.replyTo) {
    return { kind: 'impossible', problem: { code: 'unsupported', detail: 'Only a comment can be answered' } }
  }
  const words = wordsOf(message.content, message)
  const { replyTo } = message
  const [first, ...rest] = splitText(words, { most: commentLimit, unit: 'utf-16' }).map((piece): Part => ({
    request: { comment: replyTo, message: piece },
  }))
  return first
    ? { kind: 'parts', parts: [first, ...rest], degraded: message.content.type === 'text' ? [] : [words] }
    : { kind: 'impossible', problem: { code: 'content-refused', detail: 'Nothing to say' } }
}

const posted = z.object({ id: z.coerce.string().min(1) })

export async function sendComment({ request }: Part, context: Context<Config>): Promise<SendResult> {
  const comment = textIn(request.comment) ?? ''
  const json = { message: request.message }
  const answer = await graph(context, { method: 'POST', path: `${comment}/replies`, json })
  if (answer.kind !== 'ok') return resultOf(answer, messagingRules)
  return { kind: 'accepted', messageId: posted.safeParse(answer.value).data?.id ?? null }
}
