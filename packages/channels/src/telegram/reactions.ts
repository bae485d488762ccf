import type { Revision, SendContext, SendResult } from '../contract.ts'
import { call } from './api.ts'
import type { TelegramConfig } from './config.ts'
import { chatFields, messageNumber } from './names.ts'
import { resultOf } from './change-result.ts'

/** https://core.telegram.org/bots/api#reactiontypeemoji (2026-06-11), as people type them. */
export const reactionEmojis =
  '👍 👎 ❤️ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊️ 🤡 🥱 🥴 😍 🐳 ❤️‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍️ 🤗 🫡 🎅 🎄 ☃️ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂️ 🤷 🤷‍♀️ 😡'.split(
    ' ',
  )

/** In the chat of a business account: `7@biz_1`. */
export const noReactions = {
  zh: 'Telegram 不允许机器人在商业账号的聊天中使用表情回应',
  en: 'Telegram lets bots react in their own chats only, not in those of a business account',
}

/**
 * https://core.telegram.org/bots/api#setmessagereaction (2026-06-11): one for each message, an empty list takes it back. It
 * names no business connection, so that messages to business accounts have none.
 */
export async function react(
  { to, thread, messageId, emoji }: Extract<Revision, { kind: 'react' }>,
  context: SendContext<TelegramConfig>,
): Promise<SendResult> {
  const number = messageNumber(messageId)
  const chat = chatFields(thread ?? messageId.split('/')[0] ?? to)
  if (number === null || chat.business_connection_id !== undefined)
    return { kind: 'rejected', problem: { code: 'unsupported', detail: noReactions.en } }
  const answer = await call(
    'setMessageReaction',
    // The Bot API writes them without the mark that makes them colourful.
    {
      chat_id: chat.chat_id ?? 0,
      message_id: number,
      reaction: emoji === null ? [] : [{ type: 'emoji', emoji: emoji.replaceAll('\u{FE0F}', '') }],
    },
    context,
  )
  return resultOf(answer, messageId, /REACTION_NOT_MODIFIED|reaction is not modified/iu)
}
