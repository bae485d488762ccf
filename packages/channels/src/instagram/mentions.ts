import { z } from 'zod'
import type { Completed, Context, Part, SendResult } from '../contract.ts'
import { graph, type GraphAnswer, problemOf, resultOf, ruleOf } from '../families/meta/graph.ts'
import { isMentionId, mediaOfMention } from '../families/meta/mention.ts'
import { messagingRules } from '../families/meta/messaging-send.ts'
import { objectIn, textIn } from '../families/meta/webhook.ts'
import { isObject, type Json } from '../json.ts'
import { toJson, withoutUndefined } from '../without-undefined.ts'
import type { Config } from './config.ts'

const comment = z.object({ mentioned_comment: z.looseObject({ text: z.string() }) })
const media = z.object({ mentioned_media: z.looseObject({ caption: z.string() }) })

/**
 * The webhook names a mention by its ids alone: what it says and who says it is asked for. Whether comments tell who wrote
 * them depends on the post, so they are asked for without that when Meta refuses it.
 * https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-facebook-login/mentions (2026-11-30)
 */
export async function completeMention(data: Json, context: Context<Config>): Promise<Completed | null> {
  const change = isObject(data) ? objectIn(data.change) : {}
  if (!isObject(data) || change.field !== 'mentions') return null
  if (typeof data.account === 'string' && data.account !== context.config.accountId) return null
  const ids = objectIn(change.value)
  const commentId = textIn(ids.comment_id)
  const mediaId = textIn(ids.media_id)
  if (!isMentionId(commentId ?? mediaId)) return null
  const ask = (fields: string): Promise<GraphAnswer> =>
    graph(context, { method: 'GET', path: context.config.accountId, query: { fields } })
  if (commentId === undefined) {
    return found(data, await ask(`mentioned_media.media_id(${mediaId}){id,caption,timestamp,username,permalink}`))
  }
  const named = await ask(`mentioned_comment.comment_id(${commentId}){id,text,timestamp,username}`)
  const refused = named.kind === 'error' && named.error.code === 100
  return found(data, refused ? await ask(`mentioned_comment.comment_id(${commentId}){id,text,timestamp}`) : named)
}

function found(data: { [name: string]: Json }, answer: GraphAnswer): Completed | null {
  if (answer.kind === 'ok') {
    const said = comment.safeParse(answer.value).data?.mentioned_comment
    const post = media.safeParse(answer.value).data?.mentioned_media
    const mentioned = said ?? (post && { ...post, text: post.caption })
    return mentioned ? { kind: 'completed', data: { ...data, mentioned: toJson(mentioned) } } : null
  }
  const isPassing = answer.kind === 'silence' || ruleOf(answer.error, messagingRules)[0] === 'retry'
  const afterMs = answer.kind === 'silence' ? null : answer.error.retryAfterMs
  return isPassing ? { kind: 'retry', afterMs, problem: problemOf(answer, messagingRules) } : null
}

const posted = z.object({ id: z.coerce.string().min(1) })

/** Under the comment that mentions us, or under the post whose caption does. */
export async function sendMention({ request }: Part, context: Context<Config>): Promise<SendResult> {
  const { comment: commentId, message } = request
  const json = withoutUndefined({ media_id: mediaOfMention(textIn(request.mention)), comment_id: commentId, message })
  const answer = await graph(context, { method: 'POST', path: `${context.config.accountId}/mentions`, json })
  if (answer.kind !== 'ok') return resultOf(answer, messagingRules)
  return { kind: 'accepted', messageId: posted.safeParse(answer.value).data?.id ?? null }
}
