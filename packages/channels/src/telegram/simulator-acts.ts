import type { Said, Shown } from '../simulator.ts'
import { messageNumber } from './names.ts'
import { type Chat, chatOnWire, type createChats, type Person, shownName } from './simulator-chats.ts'
import type { SentFile } from './simulator-checks.ts'

type Fields = Record<string, unknown>
interface Tools {
  chats: ReturnType<typeof createChats>
  last: { update: number; message: number; group: number }
  now: () => Date
  seconds: () => number
  keep: (file: SentFile) => string
  tell: (kind: string, content: object, chat?: Chat) => void
}

export const bot = { id: 5000, is_bot: true, first_name: 'Qiao', username: 'qiao_bot' }
const connection = 'biz_1'
const owner = { id: 900, is_bot: false, first_name: 'Shop' }

/** What people do on their phones, and the updates that Telegram makes of it. */
export function createActs({ chats, last, now, seconds, keep, tell }: Tools) {
  function write(person: Person, content: Fields, shown: Pick<Shown, 'type' | 'text'>): string {
    const { chat, user } = person
    const number = (last.message += 1)
    const message = {
      message_id: number,
      from: user,
      chat: chatOnWire(chat),
      date: seconds(),
      ...(chat.connection ? { business_connection_id: chat.connection } : {}),
      ...content,
    }
    chat.wroteAt = now().getTime()
    chat.messages.set(number, message)
    const id = shownName(chat, number)
    for (const { screen } of chat.people)
      screen.push({ id, mine: screen === person.screen, at: now().toISOString(), ...shown })
    tell(chat.connection ? 'business_message' : 'message', message, chat)
    return id
  }

  function contentOf(said: Said): Fields {
    if (said.type === 'text') {
      const number = said.replyTo === undefined ? null : messageNumber(said.replyTo)
      return { text: said.text, ...(number === null ? {} : { reply_to_message: { message_id: number } }) }
    }
    if (said.type === 'location') {
      const { latitude, longitude, title } = said
      return title
        ? { venue: { location: { latitude, longitude }, title, address: title }, location: { latitude, longitude } }
        : { location: { latitude, longitude } }
    }
    const { type, bytes, mime, name = 'file', caption } = said
    const file = { file_id: keep({ bytes, mime, name }), file_unique_id: name, file_size: bytes.length }
    const words = caption === undefined ? {} : { caption }
    if (type === 'image')
      return {
        photo: [
          { ...file, file_id: 'small', width: 90, height: 90 },
          { ...file, width: 900, height: 900 },
        ],
        ...words,
      }
    if (type === 'audio')
      return { [mime === 'audio/ogg' ? 'voice' : 'audio']: { ...file, mime_type: mime, duration: 3 }, ...words }
    return { [type === 'video' ? 'video' : 'document']: { ...file, mime_type: mime, file_name: name }, ...words }
  }

  const acts: Readonly<Record<string, (person: Person, words: string) => unknown>> = {
    start: (person, parameter) =>
      write(person, { text: `/start ${parameter}`.trim() }, { type: 'text', text: `/start ${parameter}` }),
    private: (person) => (person.chat = chats.open(person.user.id, 'private')),
    business: (person) => (person.chat = chats.open(person.user.id, 'private', { connection, people: [person] })),
    group(person, title) {
      const known = chats.all().findLast((chat) => chat.title === title)
      person.chat = known ?? chats.open(-(last.group += 1), 'group', { title })
      if (!person.chat.people.includes(person)) person.chat.people.push(person)
    },
    upgrade(person) {
      const { chat } = person
      const grown = chats.open(-1_000_000_000_000 + chat.id, 'supergroup', {
        title: chat.title ?? '',
        people: chat.people,
        wroteAt: chat.wroteAt,
      })
      write(person, { migrate_to_chat_id: grown.id }, { type: 'text', text: '' })
      for (const one of chat.people) one.chat = grown
      write(person, { migrate_from_chat_id: chat.id }, { type: 'text', text: '' })
    },
    press(person, data) {
      const shown = person.screen.findLast(({ choices }) => choices?.some(({ id }) => id === data))
      const message = person.chat.messages.get(messageNumber(shown?.id ?? '') ?? 0)
      if (!message) throw new Error('There is no such button on the screen')
      tell(
        'callback_query',
        { id: String((last.update + 1) * 1000), from: person.user, message, chat_instance: '1', data },
        person.chat,
      )
    },
    react({ screen, chat, user }, emoji) {
      const number = messageNumber(screen.findLast(({ mine }) => !mine)?.id ?? '')
      const reactions = emoji === '' ? [] : [{ type: 'emoji', emoji }]
      tell(
        'message_reaction',
        {
          chat: chatOnWire(chat),
          message_id: number,
          user,
          date: seconds(),
          old_reaction: [],
          new_reaction: reactions,
        },
        chat,
      )
    },
    edit({ screen, chat }, text) {
      const message = chat.messages.get(messageNumber(screen.findLast(({ mine }) => mine)?.id ?? '') ?? 0)
      tell(
        chat.connection ? 'edited_business_message' : 'edited_message',
        { ...message, text, edit_date: seconds() },
        chat,
      )
    },
    recall({ screen, chat }) {
      if (!chat.connection) throw new Error('Telegram tells of deleted messages in business accounts only')
      const number = messageNumber(screen.findLast(({ mine }) => mine)?.id ?? '')
      tell(
        'deleted_business_messages',
        { business_connection_id: chat.connection, chat: chatOnWire(chat), message_ids: [number] },
        chat,
      )
    },
    colleague({ chat, screen }, text) {
      if (!chat.connection) throw new Error('Nobody but the bot answers here')
      const number = (last.message += 1)
      screen.push({ id: shownName(chat, number), mine: false, at: now().toISOString(), type: 'text', text })
      tell(
        'business_message',
        {
          message_id: number,
          from: owner,
          chat: chatOnWire(chat),
          date: seconds(),
          business_connection_id: chat.connection,
          text,
        },
        chat,
      )
    },
    contact: (person) =>
      write(
        person,
        { contact: { phone_number: '8613800001234', first_name: person.user.first_name, user_id: person.user.id } },
        { type: 'text', text: '+8613800001234' },
      ),
    sticker: (person, emoji) =>
      write(
        person,
        { sticker: { file_id: keep({ bytes: Buffer.from('webp'), mime: 'image/webp', name: 'sticker' }), emoji } },
        { type: 'image', text: emoji },
      ),
    block(person) {
      person.blocked = true
      member(person, 'member', 'kicked')
    },
    unblock(person) {
      person.blocked = false
      member(person, 'kicked', 'member')
    },
  }
  const member = ({ user, chat }: Person, before: string, after: string): void =>
    tell(
      'my_chat_member',
      {
        chat: chatOnWire(chat),
        from: user,
        date: seconds(),
        old_chat_member: { user: bot, status: before },
        new_chat_member: { user: bot, status: after },
      },
      chat,
    )

  return { write, contentOf, acts }
}
