import type { Phone, Shown } from '../simulator.ts'
import { messageName, peerAddress } from './names.ts'

/** Who talks where in the simulated Telegram. */

export interface Chat {
  id: number
  type: 'private' | 'group' | 'supergroup'
  title?: string
  /** A chat of the business account, which let the bot in under this name. */
  connection?: string
  people: Person[]
  /** Until a person writes in private the bot may not; a business chat is open for a day after they did. */
  wroteAt: number
  messages: Map<number, Record<string, unknown>>
}
export interface Person extends Phone {
  user: { id: number; is_bot: false; first_name: string; language_code: string }
  screen: Shown[]
  blocked: boolean
  typingUntil: number
  /** Where it is looking now. */
  chat: Chat
}

export function createChats() {
  const chats = new Map<string, Chat>()
  return {
    find: (id: number, connection?: string): Chat | undefined => chats.get(peerAddress(id, connection)),
    all: () => [...chats.values()],
    open(id: number, type: Chat['type'], more: Partial<Chat> = {}): Chat {
      const key = peerAddress(id, more.connection)
      const chat = chats.get(key) ?? {
        id,
        type,
        people: [],
        wroteAt: Number.NEGATIVE_INFINITY,
        messages: new Map(),
        ...more,
      }
      chats.set(key, chat)
      return chat
    },
  }
}

export const shownName = (chat: Chat, number: number): string => messageName(chat.id, chat.connection, number)

export const chatOnWire = ({ id, type, title, people: [person] }: Chat) =>
  type === 'private' ? { id, type, first_name: person?.user.first_name ?? '' } : { id, type, title: title ?? '' }
