import { z } from 'zod'
import type { Context, OutgoingMessage, Part, Rendered, SendResult } from '../contract.ts'
import { graph, resultOf } from '../families/meta/graph.ts'
import { isCaption, isMention } from '../families/meta/mention.ts'
import { wordsOf } from '../families/meta/messaging-render.ts'
import { messagingRules } from '../families/meta/messaging-send.ts'
import { textIn } from '../families/meta/webhook.ts'
import type { JsonObject } from '../json.ts'
import { splitText } from '../split-text.ts'
import { commentLimit } from './capabilities.ts'
import type { Config } from './config.ts'

const impossible = (code: 'unsupported' | 'content-refused', detail: string): Rendered => ({
  kind: 'impossible',
  problem: { code, detail },
})

/** What was said in public is answered in public, under the comment; comments hold nothing but words. */
export function renderComment(message: OutgoingMessage): Rendered {
  const { thread, replyTo, content } = message
  if (!replyTo) return impossible('unsupported', 'Only a comment can be answered')
  if ('attachment' in content) return impossible('unsupported', 'A comment holds no files, only words')
  const words = wordsOf(content, message)
  const under: JsonObject = isMention(thread)
    ? { mention: thread ?? '', ...(isCaption(replyTo) ? {} : { comment: replyTo }) }
    : { comment: replyTo }
  const [first, ...rest] = splitText(words, commentLimit).map((piece): Part => ({
    request: { ...under, message: piece },
  }))
  return first
    ? { kind: 'parts', parts: [first, ...rest], degraded: content.type === 'text' ? [] : [words] }
    : impossible('content-refused', 'Nothing to say')
}

const posted = z.object({ id: z.coerce.string().min(1) })

export async function sendComment({ request }: Part, context: Context<Config>): Promise<SendResult> {
  const comment = textIn(request.comment) ?? ''
  const json = { message: request.message }
  const answer = await graph(context, { method: 'POST', path: `${comment}/replies`, json })
  if (answer.kind !== 'ok') return resultOf(answer, messagingRules)
  return { kind: 'accepted', messageId: posted.safeParse(answer.value).data?.id ?? null }
}
