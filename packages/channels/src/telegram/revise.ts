import type { Revision, SendContext, SendResult } from '../contract.ts'
import { call } from './api.ts'
import { resultOf } from './change-result.ts'
import type { TelegramConfig } from './config.ts'
import { chatFields, messageNumber } from './names.ts'
import { react } from './reactions.ts'

/**
 * https://core.telegram.org/bots/api#editmessagetext, #deletemessage and #deletebusinessmessages (2026-06-11). A bot deletes
 * its messages within 48 hours.
 */
export async function revise(change: Revision, context: SendContext<TelegramConfig>): Promise<SendResult> {
  if (change.kind === 'react') return react(change, context)
  const number = messageNumber(change.messageId)
  if (number === null) return { kind: 'rejected', problem: { code: 'unsupported', detail: 'It has no number' } }
  // The chat that the message is in: its name begins with it.
  const chat = chatFields(change.messageId.split('/')[0] ?? change.to)
  if (change.kind === 'recall') return recall(chat, number, change.messageId, context)
  const { method, text, entities, link_preview_options: preview, reply_markup: keyboard } = change.part.request
  if (method !== 'sendMessage' || text === undefined) {
    return { kind: 'rejected', problem: { code: 'unsupported', detail: 'Only texts can be edited' } }
  }
  const answer = await call(
    'editMessageText',
    {
      ...chat,
      message_id: number,
      text,
      ...(entities === undefined ? {} : { entities }),
      ...(preview === undefined ? {} : { link_preview_options: preview }),
      ...(keyboard === undefined ? {} : { reply_markup: keyboard }),
    },
    context,
  )
  return resultOf(answer, change.messageId, /message is not modified/u)
}

async function recall(
  chat: ReturnType<typeof chatFields>,
  number: number,
  messageId: string,
  context: SendContext<TelegramConfig>,
): Promise<SendResult> {
  const { business_connection_id: connection } = chat
  const answer =
    connection === undefined
      ? await call('deleteMessage', { chat_id: chat.chat_id ?? 0, message_id: number }, context)
      : await call('deleteBusinessMessages', { business_connection_id: connection, message_ids: [number] }, context)
  return resultOf(answer, messageId, /message to delete not found/u)
}
