import type { ChannelEvent, EventOf, Peer, Thread } from '../events.ts'
import { firstDoubt } from '../first-doubt.ts'
import { isObject, type Json } from '../json.ts'
import { toJson, withoutUndefined } from '../without-undefined.ts'
import { contentOf } from './content.ts'
import { messageName, peerAddress, topicKey } from './names.ts'
import { type Message, otherUpdates, received, type Update, type User } from './update.ts'

const utc = (seconds: number): string => new Date(seconds * 1000).toISOString()

export function normalise(data: Json): ChannelEvent[] {
  const parsed = received.safeParse(data)
  if (parsed.success)
    return eventsOf(parsed.data.update, parsed.data.receivedAt).map((event) => withoutUndefined(event))
  const at = isObject(data) && typeof data.receivedAt === 'string' ? Date.parse(data.receivedAt) : Number.NaN
  return [
    { kind: 'unknown', at: new Date(Number.isFinite(at) ? at : 0).toISOString(), summary: firstDoubt(parsed.error) },
  ]
}

function eventsOf(update: Update, receivedAt: string): ChannelEvent[] {
  const {
    message,
    edited_message: edited,
    business_message: business,
    edited_business_message: editedBusiness,
  } = update
  const said = message ?? business
  if (said) return [messageEvent(said)]
  const changed = edited ?? editedBusiness
  if (changed) return [editedEvent(changed)]
  if (update.callback_query) return [pressedEvent(update.callback_query, receivedAt)]
  if (update.message_reaction) return [reactedEvent(update.message_reaction)]
  if (update.my_chat_member) return [memberEvent(update.my_chat_member)]
  if (update.business_connection) return [connectionEvent(update.business_connection, receivedAt)]
  if (update.deleted_business_messages) return deletedEvents(update.deleted_business_messages, receivedAt)
  const kinds = Object.keys(update).filter((kind) => kind !== 'update_id')
  if (kinds.length > 0 && kinds.every((kind) => otherUpdates.includes(kind)))
    return [{ kind: 'nothing', why: kinds.join() }]
  return [{ kind: 'unknown', at: receivedAt, summary: `Update of kind ${kinds.join() || 'nothing'}`.slice(0, 300) }]
}

function messageEvent(message: Message): ChannelEvent {
  const { chat, business_connection_id: connection, message_id: number } = message
  if (message.migrate_to_chat_id !== undefined) {
    const from = { address: String(chat.id), name: chat.title }
    return { kind: 'moved', at: utc(message.date), from, toAddress: String(message.migrate_to_chat_id) }
  }
  // Said in the new one as well, before anything else there: what follows may be worked off before the old one's last words.
  if (message.migrate_from_chat_id !== undefined) {
    const from = { address: String(message.migrate_from_chat_id), name: chat.title }
    return { kind: 'moved', at: utc(message.date), from, toAddress: String(chat.id) }
  }
  const content = contentOf(message)
  if (!content) return { kind: 'nothing', why: 'A note of the chat itself' }
  const base = baseOf(message)
  if (!base) return { kind: 'nothing', why: 'Written by a bot, or posted by a channel' }
  const id = messageName(chat.id, connection, number)
  // In a business account the owner writes in the same chat: to the customer, whose chat it is.
  if (connection !== undefined && message.from?.id !== chat.id) {
    return { ...base, kind: 'echo', id, content, ours: message.sender_business_bot !== undefined }
  }
  const start = /^\/start(?:@\w+)? (\S+)$/u.exec(message.text ?? '')?.[1]
  const extra = extraOf(message)
  return {
    ...base,
    kind: 'message',
    id,
    content,
    replyTo: replyOf(message),
    referral: start === undefined ? undefined : { source: 'link', parameter: start },
    extra: Object.keys(extra).length > 0 ? toJson(extra) : undefined,
  }
}

function replyOf({
  chat,
  business_connection_id: connection,
  reply_to_message: quoted,
  message_thread_id,
  is_topic_message,
}: Message) {
  // Whatever is said in a topic «answers» the message that opened it.
  if (!quoted || (is_topic_message && quoted.message_id === message_thread_id)) return undefined
  return messageName(chat.id, connection, quoted.message_id)
}

function extraOf({ media_group_id: album, quote, forward_origin: origin, location, web_app_data: app }: Message) {
  const forwardedFrom = origin
    ? (origin.sender_user_name ??
      nameOf(origin.sender_user ?? {}) ??
      origin.sender_chat?.title ??
      origin.chat?.title ??
      '')
    : undefined
  return withoutUndefined({
    album,
    quote: quote?.text,
    forwardedFrom,
    livePeriodSeconds: location?.live_period,
    webAppData: app?.data,
  })
}

function editedEvent(message: Message): ChannelEvent {
  const content = contentOf(message)
  const base = baseOf(message)
  if (!content || !base) return { kind: 'nothing', why: 'A note of the chat itself' }
  return {
    ...base,
    kind: 'edited',
    messageId: messageName(message.chat.id, message.business_connection_id, message.message_id),
    content,
  }
}

function pressedEvent({ id, from, message, data }: NonNullable<Update['callback_query']>, at: string): ChannelEvent {
  if (!message || data === undefined) return { kind: 'nothing', why: 'A button of something else than a message' }
  const { chat, business_connection_id: connection, reply_markup: markup } = message
  const label = markup?.inline_keyboard.flat().find((button) => button.callback_data === data)?.text
  return {
    kind: 'message',
    at,
    from: peerOf(from, connection),
    thread: threadOf(message),
    id: `pressed:${id}`,
    content: { type: 'text', text: label?.trim() ? label : data, markup: 'none' },
    replyTo: messageName(chat.id, connection, message.message_id),
    choice: data,
  }
}

function reactedEvent({
  chat,
  message_id: number,
  user,
  date,
  new_reaction: now,
}: NonNullable<Update['message_reaction']>): ChannelEvent {
  if (!user) return { kind: 'nothing', why: 'A reaction in the name of a chat' }
  const [first] = now
  const emoji = first ? (first.emoji ?? '⭐') : null
  const base = { at: utc(date), from: peerOf(user, undefined), thread: threadOf({ chat }) }
  return { ...base, kind: 'reacted', messageId: messageName(chat.id, undefined, number), emoji }
}

function memberEvent({
  chat,
  from,
  date,
  new_chat_member: { status },
}: NonNullable<Update['my_chat_member']>): ChannelEvent {
  const out = status === 'kicked' || status === 'left'
  if (chat.type === 'private') return { kind: 'consent', at: utc(date), from: peerOf(from, undefined), wanted: !out }
  if (!out) return { kind: 'nothing', why: `The bot is ${status} of ${chat.title ?? chat.id}` }
  const detail = `The bot was removed from ${chat.title ?? chat.id}`
  return { kind: 'account', at: utc(date), problem: { code: 'not-permitted', detail } }
}

function connectionEvent(
  { user, is_enabled: on, rights }: NonNullable<Update['business_connection']>,
  at: string,
): ChannelEvent {
  const name = nameOf(user) ?? String(user.id)
  if (on && rights?.can_reply) return { kind: 'nothing', why: `The business account of ${name} is connected` }
  return on
    ? { kind: 'account', at, problem: { code: 'not-permitted', detail: `The bot may not reply for ${name}` } }
    : { kind: 'account', at, problem: { code: 'not-connected', detail: `${name} disconnected the bot` } }
}

function deletedEvents(deleted: NonNullable<Update['deleted_business_messages']>, at: string): EventOf<'recalled'>[] {
  const { chat, business_connection_id: connection } = deleted
  return deleted.message_ids.map((number) => ({
    kind: 'recalled',
    at,
    from: peerOf(chat, connection),
    messageId: messageName(chat.id, connection, number),
  }))
}

type Where = Pick<Message, 'chat' | 'message_thread_id' | 'is_topic_message'>
function threadOf({ chat, message_thread_id: topic, is_topic_message: inTopic }: Where): Thread | undefined {
  if (chat.type === 'private') return undefined
  return { key: topicKey(chat.id, inTopic ? topic : undefined), kind: 'group', title: chat.title }
}

function baseOf(message: Message): { at: string; from: Peer; thread?: Thread } | null {
  const { chat, from, business_connection_id: connection, contact } = message
  const thread = threadOf(message)
  const inTheNameOf = message.sender_chat
  if (thread && inTheNameOf && inTheNameOf.type !== 'private') {
    // What a channel posts comes into its group by itself; nobody there said it.
    if (message.is_automatic_forward) return null
    return { at: utc(message.date), from: { address: String(inTheNameOf.id), name: inTheNameOf.title }, thread }
  }
  const who = connection === undefined ? from : chat
  if (!who || from?.is_bot) return null
  // Their own, sent by themselves: the owner of a business account may send it too.
  const own =
    contact && contact.user_id === who.id && from?.id === who.id
      ? [{ kind: 'phone' as const, value: phone(contact.phone_number) }]
      : []
  return { at: utc(message.date), from: peerOf(who, connection, own), thread }
}

const phone = (number: string): string => `+${number.replace(/\D/gu, '')}`
const nameOf = ({ first_name: first, last_name: last }: Partial<User>): string | undefined =>
  [first, last].filter(Boolean).join(' ') || undefined

function peerOf(user: User, connection: string | undefined, own: Peer['aliases'] = []): Peer {
  const aliases = [...(connection === undefined ? [] : [{ kind: 'address' as const, value: String(user.id) }]), ...own]
  return {
    address: peerAddress(user.id, connection),
    aliases: aliases.length > 0 ? aliases : undefined,
    name: nameOf(user),
    language: user.language_code,
    attributes: user.username === undefined ? undefined : { username: user.username },
  }
}
