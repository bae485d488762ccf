import type { Part, SendContext, SendResult } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import { type ApiAnswer, callApi, resultOf } from '../families/wechat/api.ts'
import { digest } from '../families/wechat/crypto.ts'
import { upload } from '../families/wechat/media.ts'
import { withFields } from '../families/wechat/render.ts'
import { withThumb } from '../families/wechat/thumb.ts'
import { problem, textIn } from '../families/wechat/words.ts'
import { wecomApi } from './api.ts'
import type { Config } from './config.ts'
import { sendWithCode } from './event-codes.ts'

export async function send({ request, attachmentIds = [] }: Part, context: SendContext<Config>): Promise<SendResult> {
  const [attachmentId] = attachmentIds
  if (request.msgtype === 'link' || request.msgtype === 'miniprogram') {
    return withThumb('image', context, wecomApi, (id) => post(withFields(request, { thumb_media_id: id }), context))
  }
  if (attachmentId === undefined) return post(request, context)
  const file = await context.attachment(attachmentId)
  const media = await upload(file, textIn(request.msgtype), context, wecomApi)
  return 'kind' in media ? media.result : post(withFields(request, media), context)
}

/** WeCom takes an id of ours for the message, and refuses it the second time: at most 32 of `0-9a-zA-Z_-`. */
const messageIdFor = (idempotencyKey: string): string => digest(idempotencyKey, 32)

async function post(request: JsonObject, context: SendContext<Config>): Promise<SendResult> {
  const messageId = messageIdFor(context.idempotencyKey)
  const json = { ...request, msgid: messageId }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/send_msg', json })
  if (answer.kind === 'ok' || isRepeat(answer)) return { kind: 'accepted', messageId }
  const result = resultOf(answer)
  if (result.kind !== 'rejected' || !['window-closed', 'quota-used'].includes(result.problem.code)) return result
  return (await sendWithCode(json, context)) ?? (await explained(result, answer, json, context))
}

/** Ours is always well formed, so a complaint about it says that it was there before. The code of this is not documented. */
const isRepeat = (answer: ApiAnswer): boolean =>
  answer.kind === 'refused' && answer.code !== null && /\bmsg_?id\b/iu.test(answer.problem.detail ?? '')

/** 95018 says no more than that the session is in another state: people in WeCom may have it, or it is over. */
async function explained(
  result: SendResult,
  answer: ApiAnswer,
  { touser, open_kfid: account }: JsonObject,
  context: SendContext<Config>,
): Promise<SendResult> {
  if (answer.kind !== 'refused' || answer.code !== 95_018) return result
  const json = { open_kfid: account, external_userid: touser }
  const state = await callApi(context, wecomApi, { path: 'cgi-bin/kf/service_state/get', json })
  if (state.kind !== 'ok' || (state.value.service_state !== 2 && state.value.service_state !== 3)) return result
  const words =
    '会话在企业微信里由人工接待或排队：请在那里回复或结束会话 The session waits for or belongs to people in WeCom: answer or end it there'
  return { kind: 'rejected', problem: problem('held-elsewhere', words, '95018') }
}

/**
 * The same id again: either the first never came, and this one does, or it is refused as a repeat. A window that shut
 * meanwhile says nothing about the first.
 */
export async function reconcile(part: Part, context: SendContext<Config>): Promise<SendResult> {
  const result = await send(part, context)
  const says =
    result.kind !== 'rejected' || !['window-closed', 'quota-used', 'held-elsewhere'].includes(result.problem.code)
  return says ? result : { kind: 'unknown', problem: result.problem }
}
