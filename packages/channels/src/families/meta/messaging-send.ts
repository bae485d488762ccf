import { z } from 'zod'
import type { Context, MediaResult, Part, Profile, Revision, SendContext, SendResult, Signal } from '../../contract.ts'
import type { MediaReference } from '../../events.ts'
import type { JsonObject } from '../../json.ts'
import { graph, type GraphConfig, multipart, problemOf, resultOf, type Rules } from './graph.ts'
import { objectIn, textIn } from './webhook.ts'
import type { Problem } from '../../problem.ts'

/**
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes (2026-03-18); the
 * subcodes of Instagram (2534…) from the same table.
 */
export const messagingRules: Rules = {
  '10/2018278': ['rejected', 'window-closed'],
  '10/2018065': ['rejected', 'window-closed'],
  '10/2534022': ['rejected', 'window-closed'],
  // Of private answers to comments: there is one already, it is too late, the comment takes none.
  10900: ['rejected', 'quota-used'],
  10901: ['rejected', 'window-closed'],
  10902: ['rejected', 'unsupported'],
  10903: ['rejected', 'not-permitted'],
  '100/2018292': ['rejected', 'unsupported'],
  '10/1893063': ['rejected', 'account-restricted'],
  '100/2018001': ['rejected', 'address-unknown'],
  '100/2534014': ['rejected', 'address-unknown'],
  '100/2018047': ['rejected', 'media-refused'],
  '100/2018008': ['rejected', 'media-refused'],
  '100/2018109': ['rejected', 'too-large'],
  '200/1545041': ['rejected', 'unreachable'],
  551: ['rejected', 'unreachable'],
  9010: ['rejected', 'address-unknown'],
  1200: ['retry', 'provider-failed'],
  2018047: ['rejected', 'media-refused'],
  80006: ['retry', 'rate-limited', 60_000],
}

const sent = z.object({ message_id: z.string().min(1) })
const uploaded = z.object({ attachment_id: z.coerce.string().min(1) })

/** `key`: Messenger brings it back with the echo of the message, which tells what became of a send without an answer. */
export async function sendMessaging(
  { request, attachmentIds: [attachmentId] = [] }: Part,
  context: SendContext<GraphConfig>,
  key?: string,
): Promise<SendResult> {
  let message = objectIn(request.message)
  if (attachmentId !== undefined) {
    const type = textIn(objectIn(message.attachment).type) ?? 'file'
    const media = await upload(attachmentId, type, context)
    if (typeof media !== 'string') return media
    message = { attachment: { type, payload: { attachment_id: media } } }
  }
  const json: JsonObject = { ...request, message: { ...message, ...(key ? { metadata: `qiao:${key}` } : {}) } }
  const answer = await graph(context, { method: 'POST', path: 'me/messages', json })
  if (answer.kind !== 'ok') return resultOf(answer, messagingRules)
  return { kind: 'accepted', messageId: sent.safeParse(answer.value).data?.message_id ?? null }
}

/** Nobody sees an upload, so one without an answer is simply done again. */
async function upload(id: string, type: string, context: SendContext<GraphConfig>): Promise<string | SendResult> {
  const { bytes, mime, name } = await context.attachment(id)
  const message = JSON.stringify({ attachment: { type, payload: { is_reusable: false } } })
  const answer = await graph(context, {
    method: 'POST',
    path: 'me/message_attachments',
    ...multipart({ message }, { field: 'filedata', bytes, mime, name }),
  })
  if (answer.kind !== 'ok') return resultOf(answer, messagingRules, true)
  const problem = { code: 'provider-failed', detail: 'The upload was answered without an id' } as const
  return uploaded.safeParse(answer.value).data?.attachment_id ?? { kind: 'retry', afterMs: null, problem }
}

const largest = 25 * 1_048_576

/** At an open address that runs out. */
export async function fetchMessagingMedia(
  { url, name }: MediaReference,
  context: Context<GraphConfig>,
): Promise<MediaResult> {
  if (!url) return { kind: 'gone', problem: { code: 'media-gone', detail: 'No address' } }
  const answer = await context.http(url, { maxBytes: largest, timeoutMs: 60_000 })
  if (answer.kind === 'silence') return { kind: 'retry', afterMs: null, problem: { code: 'no-answer' } }
  const { status, headers, body } = answer
  const providerCode = `HTTP ${status}`
  if (status === 429 || status >= 500) {
    return { kind: 'retry', afterMs: null, problem: { code: 'provider-failed', providerCode } }
  }
  if (status !== 200) return { kind: 'gone', problem: { code: 'media-gone', providerCode } }
  const mime = headers['content-type']
  return { kind: 'fetched', bytes: body, ...(mime ? { mime } : {}), ...(name ? { name } : {}) }
}

export async function signalMessaging({ kind, to }: Signal, context: Context<GraphConfig>): Promise<Problem | null> {
  const json = { recipient: { id: to }, sender_action: kind === 'typing' ? 'typing_on' : 'mark_seen' }
  const answer = await graph(context, { method: 'POST', path: 'me/messages', json })
  return answer.kind === 'ok' ? null : problemOf(answer, messagingRules)
}

/**
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/sender-actions (2026-01-21):
 * any emoji, a second one takes the place of the first. Instagram has the heart alone, by its name.
 */
export async function reactMessaging(
  change: Revision,
  context: SendContext<GraphConfig>,
  nameOf: (emoji: string) => string = (emoji) => emoji,
): Promise<SendResult> {
  if (change.kind !== 'react') return { kind: 'rejected', problem: { code: 'unsupported' } }
  const { to, messageId, emoji } = change
  const reaction = emoji === null ? {} : { reaction: nameOf(emoji) }
  const action = emoji === null ? 'unreact' : 'react'
  const json = { recipient: { id: to }, sender_action: action, payload: { message_id: messageId, ...reaction } }
  const answer = await graph(context, { method: 'POST', path: 'me/messages', json })
  // Done twice is done, so one without an answer is simply done again.
  return answer.kind === 'ok' ? { kind: 'accepted', messageId } : resultOf(answer, messagingRules, true)
}

const person = z.object({
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  profile_pic: z.url().optional().catch(undefined),
  locale: z.string().optional(),
})

/** Best effort: people who never wrote cannot be looked up. */
export async function profileOf(
  address: string,
  fields: string,
  context: Context<GraphConfig>,
): Promise<Profile | null> {
  const answer = await graph(context, { method: 'GET', path: address, query: { fields } })
  const found = answer.kind === 'ok' ? person.safeParse(answer.value).data : undefined
  if (!found) return null
  const name = found.name || [found.first_name, found.last_name].filter(Boolean).join(' ') || found.username
  return {
    ...(name ? { name } : {}),
    ...(found.profile_pic ? { avatarUrl: found.profile_pic } : {}),
    ...(found.locale ? { language: found.locale.replace('_', '-') } : {}),
    ...(found.username ? { attributes: { username: found.username } } : {}),
  }
}
