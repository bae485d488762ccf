import { z } from 'zod'
import type { Context, MediaResult, Profile, Signal } from '../contract.ts'
import type { MediaReference } from '../events.ts'
import type { Problem } from '../problem.ts'
import { call, problemOf } from './api.ts'
import type { TelegramConfig } from './config.ts'
import { chatFields, messageNumber } from './names.ts'

type Telegram = Context<TelegramConfig>

const filePlace = z.object({ file_path: z.string() })

/** Files are fetched in two steps; bots get at most 20 MB (https://core.telegram.org/bots/api#getfile, 2026-06-11). */
export async function fetchMedia({ id = '' }: MediaReference, context: Telegram): Promise<MediaResult> {
  const answer = await call('getFile', { file_id: id }, context)
  if (answer.kind !== 'result') {
    const problem = problemOf(answer)
    const lasting = answer.kind === 'refused' && answer.status === 400
    if (!lasting) return { kind: 'retry', afterMs: answer.kind === 'refused' ? answer.retryAfterMs : null, problem }
    return { kind: 'gone', problem: problem.code === 'too-large' ? problem : { ...problem, code: 'media-gone' } }
  }
  const place = filePlace.safeParse(answer.result)
  if (!place.success) return { kind: 'gone', problem: { code: 'media-gone', detail: 'It has no place' } }
  const { apiUrl, token } = context.config
  const response = await context.http(`${apiUrl}/file/bot${token}/${place.data.file_path}`, {
    timeoutMs: 60_000,
    maxBytes: 25_000_000,
  })
  if (response.kind === 'answer' && response.status === 200) return { kind: 'fetched', bytes: response.body }
  const detail = response.kind === 'answer' ? `Status ${response.status}` : response.reason.replaceAll(token, '…')
  return { kind: 'retry', afterMs: null, problem: { code: 'provider-failed', detail } }
}

/** Read marks exist towards customers of business accounts only. */
export async function signal(given: Signal, context: Telegram): Promise<Problem | null> {
  const chat = chatFields(given.to, given.thread)
  if (given.kind === 'typing') return failure(await call('sendChatAction', { ...chat, action: 'typing' }, context))
  const number = messageNumber(given.messageId)
  if (chat.business_connection_id === undefined || number === null) return null
  return failure(await call('readBusinessMessage', { ...chat, message_id: number }, context))
}

const failure = (answer: Awaited<ReturnType<typeof call>>): Problem | null =>
  answer.kind === 'result' ? null : problemOf(answer)

const person = z.object({
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  bio: z.string().optional(),
})

/** Without the picture: its address would hold the token. */
export async function profile(address: string, context: Telegram): Promise<Profile | null> {
  const answer = await call('getChat', { chat_id: chatFields(address).chat_id ?? 0 }, context)
  const parsed = person.safeParse(answer.kind === 'result' ? answer.result : null)
  if (!parsed.success) return null
  const { first_name: first, last_name: last, username, bio } = parsed.data
  const name = [first, last].filter(Boolean).join(' ')
  const attributes = { ...(username ? { username } : {}), ...(bio ? { bio } : {}) }
  return { ...(name ? { name } : {}), ...(Object.keys(attributes).length > 0 ? { attributes } : {}) }
}
