import type { JsonObject } from '../json.ts'

/**
 * How chats and messages are called outside of Telegram. A customer is `7` (their user id), or `7@abc` when they write to
 * a business account that let the bot in (connection `abc`): it is another chat, with other ids of messages. A group is
 * `-100…`, one of its topics `-100…/5`. A message is its chat and its number there: `7/12`.
 */

const addressForm = /^(-?\d{1,16})(?:@([\w-]{1,64}))?$/u

export function addressOf(text: string): string | null {
  const [, chat, connection] = addressForm.exec(text.trim()) ?? []
  if (chat === undefined || Number(chat) === 0) return null
  return connection === undefined ? String(Number(chat)) : `${Number(chat)}@${connection}`
}

export const isBusinessChat = (address: string): boolean => addressForm.exec(address)?.[2] !== undefined

export const peerAddress = (chat: number, connection: string | undefined): string =>
  connection === undefined ? String(chat) : `${chat}@${connection}`

export const messageName = (chat: number, connection: string | undefined, message: number): string =>
  `${peerAddress(chat, connection)}/${message}`

export const topicKey = (chat: number, topic: number | undefined): string =>
  topic === undefined ? String(chat) : `${chat}/${topic}`

/** Topics are in one group. */
export const groupOf = (thread: string): string => thread.split('/')[0] ?? thread

/** The number of a message in its chat; null for what has none, like a pressed button. */
export function messageNumber(name: string): number | null {
  const number = Number(/\/(\d+)$/u.exec(name)?.[1])
  return Number.isSafeInteger(number) ? number : null
}

/** Where a request goes. */
export function chatFields(to: string, thread?: string): JsonObject {
  if (thread !== undefined) {
    const [chat, topic] = thread.split('/')
    return { chat_id: Number(chat), ...(topic === undefined ? {} : { message_thread_id: Number(topic) }) }
  }
  const [chat, connection] = to.split('@')
  return { chat_id: Number(chat), ...(connection === undefined ? {} : { business_connection_id: connection }) }
}
