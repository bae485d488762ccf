import type { Update } from 'grammy/types'
import type { Fixture } from '../conformance-kit.ts'
import type { RawRequest } from '../contract.ts'
import type { ChannelEvent, ReceivedContent } from '../events.ts'
import { type TelegramConfig, webhookSecret } from './config.ts'
import { fixturesOfNames } from './fixtures-of-names.ts'

/** Updates as Telegram sends them, checked by the types of an SDK, and what they mean. */

export const token = '5000:AAExampleExampleExampleExampleExample'
export const config: TelegramConfig = { token, apiUrl: 'https://api.telegram.org' }
export const now = new Date('2026-11-28T09:00:00.000Z')
const date = 1_795_856_400
const at = '2026-11-28T09:00:00.000Z'

export const signed = (body: Buffer): RawRequest => ({
  method: 'POST',
  url: new URL('https://qiao.example/channels/telegram/1'),
  headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhookSecret(config) },
  body,
})

const user = { id: 7_000_000_001, is_bot: false, first_name: 'Li', last_name: 'Na', language_code: 'zh-hans' }
const chat = { id: 7_000_000_001, type: 'private' as const, first_name: 'Li', last_name: 'Na' }
const from = { address: '7000000001', name: 'Li Na', language: 'zh-hans' }
const group = { id: -1_001_234_567_890, type: 'supergroup' as const, title: 'Neighbours' }
const thread = { key: '-1001234567890', kind: 'group' as const, title: 'Neighbours' }
const shop = { id: 900, is_bot: false, first_name: 'Shop' }
const bot = { id: 5000, is_bot: true, first_name: 'Qiao', username: 'qiao_bot' }
const business = { business_connection_id: 'biz_1' }
const customer = {
  address: '7000000001@biz_1',
  aliases: [{ kind: 'address' as const, value: '7000000001' }],
  name: 'Li Na',
}
const said = { message_id: 12, date, chat, from: user }
const file = { file_id: 'f-1', file_unique_id: 'u-1', file_size: 1000 }
const size = { width: 90, height: 90 }

const updateFixture = (name: string, update: Update, ...events: ChannelEvent[]): Fixture => ({
  name,
  request: signed(Buffer.from(JSON.stringify(update))),
  ids: [String(update.update_id)],
  events,
})
const message = { kind: 'message' as const, at, from, id: '7000000001/12' }
let number = 100
const reads = (
  name: string,
  content: Partial<NonNullable<Update['message']>>,
  read: ReceivedContent,
  more: object = {},
  who = from,
): Fixture =>
  updateFixture(
    name,
    { update_id: (number += 1), message: { ...said, ...content } },
    {
      ...message,
      from: who,
      content: read,
      ...more,
    },
  )
const text = (words: string): ReceivedContent => ({ type: 'text', text: words, markup: 'none' })
const menu = {
  message_id: 11,
  date,
  chat,
  from: bot,
  text: '选',
  reply_markup: { inline_keyboard: [[{ text: '退货', callback_data: 'return' }]] },
}

const poll = {
  id: '1',
  question: 'Tea?',
  options: [],
  total_voter_count: 0,
  is_closed: false,
  is_anonymous: true,
  type: 'regular' as const,
  allows_multiple_answers: false,
  allows_revoting: true,
  members_only: false,
}
const paid = {
  currency: 'EUR',
  total_amount: 1250,
  invoice_payload: '',
  telegram_payment_charge_id: 't',
  provider_payment_charge_id: 'p',
}

const contents: Fixture[] = [
  reads('a text', { text: '在吗？' }, text('在吗？')),
  reads(
    'a formatted text behind an emoji',
    {
      text: '👋 see the shop now',
      entities: [
        { type: 'bold', offset: 3, length: 4 },
        { type: 'text_link', offset: 11, length: 4, url: 'https://shop.example/' },
      ],
    },
    { type: 'text', text: '👋 **see** the [shop](https://shop.example/) now', markup: 'light' },
  ),
  reads(
    'a text that our markup cannot say',
    { text: 'a*b*c', entities: [{ type: 'bold', offset: 0, length: 5 }] },
    text('a*b*c'),
  ),
  reads('a deep link', { text: '/start ad42' }, text('/start ad42'), {
    referral: { source: 'link', parameter: 'ad42' },
  }),
  reads(
    'an answer that quotes, forwarded',
    {
      text: 'Yes',
      reply_to_message: { ...menu, message_id: 11, reply_to_message: undefined },
      quote: { text: '选', position: 0 },
      forward_origin: { type: 'hidden_user', sender_user_name: 'Wang', date },
    },
    text('Yes'),
    { replyTo: '7000000001/11', extra: { quote: '选', forwardedFrom: 'Wang' } },
  ),
  reads(
    'a photo of an album',
    {
      photo: [
        { ...file, ...size, file_id: 'f-0' },
        { ...file, ...size },
      ],
      caption: '坏了',
      media_group_id: 'g-1',
    },
    { type: 'image', media: { id: 'f-1', mime: 'image/jpeg', bytes: 1000 }, caption: '坏了' },
    { extra: { album: 'g-1' } },
  ),
  reads(
    'a voice message',
    { voice: { ...file, duration: 3, mime_type: 'audio/ogg' } },
    { type: 'audio', media: { id: 'f-1', mime: 'audio/ogg', bytes: 1000, durationMs: 3000 } },
  ),
  reads(
    'music',
    { audio: { ...file, duration: 200, file_name: 'a.mp3' } },
    { type: 'audio', media: { id: 'f-1', mime: 'audio/mpeg', name: 'a.mp3', bytes: 1000, durationMs: 200_000 } },
  ),
  reads(
    'a video',
    { video: { ...file, ...size, duration: 9, mime_type: 'video/mp4', file_name: 'a.mp4' } },
    { type: 'video', media: { id: 'f-1', mime: 'video/mp4', name: 'a.mp4', bytes: 1000, durationMs: 9000 } },
  ),
  reads(
    'a round video',
    { video_note: { ...file, length: 90, duration: 9 } },
    { type: 'video', media: { id: 'f-1', mime: 'video/mp4', bytes: 1000, durationMs: 9000 } },
  ),
  reads(
    'an animation',
    { animation: { ...file, ...size, duration: 2 }, document: { ...file } },
    { type: 'video', media: { id: 'f-1', mime: 'video/mp4', bytes: 1000, durationMs: 2000 } },
  ),
  reads(
    'a document',
    { document: { ...file, mime_type: 'application/pdf', file_name: 'a.pdf' } },
    { type: 'file', media: { id: 'f-1', mime: 'application/pdf', name: 'a.pdf', bytes: 1000 } },
  ),
  reads(
    'a sticker',
    { sticker: { ...file, ...size, type: 'regular', is_animated: false, is_video: false, emoji: '😀' } },
    { type: 'image', media: { id: 'f-1', mime: 'image/webp', bytes: 1000 } },
  ),
  reads(
    'an animated sticker',
    { sticker: { ...file, ...size, type: 'regular', is_animated: true, is_video: false, emoji: '😀' } },
    { type: 'unsupported', summary: 'Sticker 😀' },
  ),
  reads(
    'a live place',
    { location: { latitude: 31.23, longitude: 121.47, live_period: 900 } },
    { type: 'location', latitude: 31.23, longitude: 121.47 },
    { extra: { livePeriodSeconds: 900 } },
  ),
  reads(
    'a venue',
    {
      location: { latitude: 31.23, longitude: 121.47 },
      venue: { location: { latitude: 31.23, longitude: 121.47 }, title: '外滩', address: '黄浦区' },
    },
    { type: 'location', latitude: 31.23, longitude: 121.47, title: '外滩', address: '黄浦区' },
  ),
  reads(
    'their own phone number',
    { contact: { phone_number: '8613800001234', first_name: 'Li', user_id: 7_000_000_001 } },
    { type: 'contact', name: 'Li', phones: ['8613800001234'], emails: [] },
    {},
    { ...from, aliases: [{ kind: 'phone', value: '+8613800001234' }] } as typeof from,
  ),
  reads(
    "somebody else's number",
    { contact: { phone_number: '+1 555', first_name: 'Wang' } },
    { type: 'contact', name: 'Wang', phones: ['+1 555'], emails: [] },
  ),
  reads('dice', { dice: { emoji: '🎲', value: 4 } }, text('🎲 4')),
  reads('a poll', { poll }, { type: 'unsupported', summary: 'Poll: Tea?' }),
  reads('what a Mini App sent', { web_app_data: { data: '{"a":1}', button_text: 'Order' } }, text('Order'), {
    extra: { webAppData: '{"a":1}' },
  }),
  reads('a payment', { successful_payment: paid }, { type: 'unsupported', summary: 'Paid 1250 EUR (smallest units)' }),
  reads(
    'paid media',
    { paid_media: { star_count: 1, paid_media: [] } },
    { type: 'unsupported', summary: 'paid media' },
  ),
]

const nothing = (why: string): ChannelEvent => ({ kind: 'nothing', why })
const events: Fixture[] = [
  updateFixture(
    'a member who joins',
    { update_id: 1, message: { ...said, new_chat_members: [user] } },
    nothing('A note of the chat itself'),
  ),
  updateFixture(
    'a message in a topic of a group',
    {
      update_id: 2,
      message: {
        ...said,
        chat: { ...group, is_forum: true },
        text: 'Hello',
        is_topic_message: true,
        message_thread_id: 5,
        reply_to_message: { ...said, chat: group, message_id: 5, reply_to_message: undefined },
      },
    },
    { ...message, id: '-1001234567890/12', content: text('Hello'), thread: { ...thread, key: '-1001234567890/5' } },
  ),
  ...fixturesOfNames({ updateFixture, said, message, from, user, group, thread }),
  updateFixture(
    'a group that grew',
    {
      update_id: 3,
      message: { ...said, chat: { id: -55, type: 'group', title: 'Neighbours' }, migrate_to_chat_id: group.id },
    },
    { kind: 'moved', at, from: { address: '-55', name: 'Neighbours' }, toAddress: '-1001234567890' },
  ),
  updateFixture(
    'the same, said in what it grew to',
    { update_id: 3, message: { ...said, chat: group, migrate_from_chat_id: -55 } },
    { kind: 'moved', at, from: { address: '-55', name: 'Neighbours' }, toAddress: '-1001234567890' },
  ),
  updateFixture(
    'an edited message',
    { update_id: 4, edited_message: { ...said, edit_date: date + 9, text: 'Hi!' } },
    { kind: 'edited', at, from, messageId: '7000000001/12', content: text('Hi!') },
  ),
  updateFixture(
    'a pressed button',
    { update_id: 5, callback_query: { id: '77', from: user, message: menu, chat_instance: '1', data: 'return' } },
    { ...message, id: 'pressed:77', content: text('退货'), replyTo: '7000000001/11', choice: 'return' },
  ),
  updateFixture(
    'a pressed button of an old message',
    {
      update_id: 6,
      callback_query: {
        id: '78',
        from: user,
        message: { message_id: 3, date: 0, chat },
        chat_instance: '1',
        data: 'return',
      },
    },
    { ...message, id: 'pressed:78', content: text('return'), replyTo: '7000000001/3', choice: 'return' },
  ),
  updateFixture(
    'a reaction',
    {
      update_id: 7,
      message_reaction: {
        chat,
        message_id: 11,
        user,
        date,
        old_reaction: [],
        new_reaction: [{ type: 'emoji', emoji: '👍' }],
      },
    },
    { kind: 'reacted', at, from, messageId: '7000000001/11', emoji: '👍' },
  ),
  updateFixture(
    'a reaction taken back',
    { update_id: 8, message_reaction: { chat: group, message_id: 11, user, date, old_reaction: [], new_reaction: [] } },
    { kind: 'reacted', at, from, thread, messageId: '-1001234567890/11', emoji: null },
  ),
  ...(['kicked', 'member'] as const).map((status, index) =>
    updateFixture(
      `the bot is ${status} by a person`,
      {
        update_id: 9 + index,
        my_chat_member: {
          chat,
          from: user,
          date,
          old_chat_member: { status: 'member', user: bot },
          new_chat_member: status === 'kicked' ? { status, user: bot, until_date: 0 } : { status, user: bot },
        },
      },
      { kind: 'consent', at, from, wanted: status === 'member' },
    ),
  ),
  updateFixture(
    'the bot is removed from a group',
    {
      update_id: 11,
      my_chat_member: {
        chat: group,
        from: user,
        date,
        old_chat_member: { status: 'member', user: bot },
        new_chat_member: { status: 'left', user: bot },
      },
    },
    { kind: 'account', at, problem: { code: 'not-permitted', detail: 'The bot was removed from Neighbours' } },
  ),
  updateFixture(
    'a message to the business account',
    { update_id: 12, business_message: { ...said, ...business, text: 'Hello' } },
    { ...message, from: customer, id: '7000000001@biz_1/12', content: text('Hello') },
  ),
  updateFixture(
    'what the owner of the business account writes',
    { update_id: 13, business_message: { ...said, ...business, from: shop, text: 'Hi' } },
    { kind: 'echo', at, from: customer, id: '7000000001@biz_1/12', content: text('Hi'), ours: false },
  ),
  updateFixture(
    'what we wrote for the business account',
    { update_id: 14, business_message: { ...said, ...business, from: shop, sender_business_bot: bot, text: 'Hi' } },
    { kind: 'echo', at, from: customer, id: '7000000001@biz_1/12', content: text('Hi'), ours: true },
  ),
  updateFixture(
    'messages deleted in the business account',
    { update_id: 15, deleted_business_messages: { ...business, chat, message_ids: [12, 13] } },
    ...[12, 13].map((id): ChannelEvent => ({
      kind: 'recalled',
      at,
      from: customer,
      messageId: `7000000001@biz_1/${id}`,
    })),
  ),
  updateFixture(
    'a business account that lets us in',
    {
      update_id: 16,
      business_connection: {
        id: 'biz_1',
        user: shop,
        user_chat_id: 900,
        date,
        is_enabled: true,
        rights: { can_reply: true },
      },
    },
    nothing('The business account of Shop is connected'),
  ),
  updateFixture(
    'a business account that disconnects',
    { update_id: 17, business_connection: { id: 'biz_1', user: shop, user_chat_id: 900, date, is_enabled: false } },
    { kind: 'account', at, problem: { code: 'not-connected', detail: 'Shop disconnected the bot' } },
  ),
  updateFixture(
    'a post of a channel',
    {
      update_id: 18,
      channel_post: { message_id: 1, date, chat: { id: -9, type: 'channel', title: 'News' }, text: 'x' },
    },
    nothing('channel_post'),
  ),
  {
    name: 'an update of tomorrow',
    request: signed(Buffer.from('{"update_id":19,"hologram":{"x":1}}')),
    ids: ['19'],
    events: [{ kind: 'unknown', at, summary: 'Update of kind hologram' }],
  },
]

export const fixtures: Fixture[] = [...contents, ...events]
