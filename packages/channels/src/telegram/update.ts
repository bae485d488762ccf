import { z } from 'zod'

/** What we read of updates (https://core.telegram.org/bots/api#update, 10.1, 2026-06-11). All else is allowed. */

const user = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})
export type User = z.infer<typeof user>

const chat = z.object({ id: z.int(), type: z.string(), title: z.string().optional(), ...user.omit({ id: true }).shape })

export const entity = z.object({
  type: z.string(),
  offset: z.int().nonnegative(),
  length: z.int().nonnegative(),
  url: z.string().optional(),
})
const entities = z.array(entity).optional()

const file = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  file_size: z.int().optional(),
  duration: z.number().optional(),
})
export type File = z.infer<typeof file>

const place = z.object({ latitude: z.number(), longitude: z.number(), live_period: z.int().optional() })

const message = z.looseObject({
  message_id: z.int(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  business_connection_id: z.string().optional(),
  date: z.int(),
  chat,
  from: user.optional(),
  /** In whose name it was said, when that is a chat: the group's for admins who stay anonymous, or a channel's. */
  sender_chat: chat.optional(),
  is_automatic_forward: z.boolean().optional(),
  sender_business_bot: user.optional(),
  reply_to_message: z.object({ message_id: z.int() }).optional(),
  quote: z.object({ text: z.string() }).optional(),
  forward_origin: z
    .object({
      sender_user: user.optional(),
      sender_user_name: z.string().optional(),
      sender_chat: chat.optional(),
      chat: chat.optional(),
    })
    .optional(),
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  entities,
  caption: z.string().optional(),
  caption_entities: entities,
  photo: z.array(file).min(1).optional(),
  animation: file.optional(),
  document: file.optional(),
  audio: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  sticker: file
    .extend({ emoji: z.string().optional(), is_animated: z.boolean().optional(), is_video: z.boolean().optional() })
    .optional(),
  location: place.optional(),
  venue: z.object({ location: place, title: z.string(), address: z.string() }).optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: z.string(),
      last_name: z.string().optional(),
      user_id: z.int().optional(),
    })
    .optional(),
  dice: z.object({ emoji: z.string(), value: z.int() }).optional(),
  poll: z.object({ question: z.string() }).optional(),
  story: z.object({}).optional(),
  game: z.object({ title: z.string() }).optional(),
  checklist: z.object({ title: z.string() }).optional(),
  web_app_data: z.object({ data: z.string(), button_text: z.string() }).optional(),
  successful_payment: z.object({ currency: z.string(), total_amount: z.int() }).optional(),
  migrate_to_chat_id: z.int().optional(),
  migrate_from_chat_id: z.int().optional(),
})
export type Message = z.infer<typeof message>

/** A message that is too old comes without what it said. */
const pressed = z.object({
  message_id: z.int(),
  chat,
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  business_connection_id: z.string().optional(),
  reply_markup: z
    .object({
      inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))),
    })
    .optional(),
})

export const update = z.looseObject({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  business_message: message.optional(),
  edited_business_message: message.optional(),
  deleted_business_messages: z
    .object({ business_connection_id: z.string(), chat, message_ids: z.array(z.int()) })
    .optional(),
  business_connection: z
    .object({
      user,
      is_enabled: z.boolean(),
      rights: z.object({ can_reply: z.boolean().optional() }).optional(),
    })
    .optional(),
  callback_query: z
    .object({ id: z.string(), from: user, message: pressed.optional(), data: z.string().optional() })
    .optional(),
  message_reaction: z
    .object({
      chat,
      message_id: z.int(),
      user: user.optional(),
      date: z.int(),
      new_reaction: z.array(z.object({ type: z.string(), emoji: z.string().optional() })),
    })
    .optional(),
  my_chat_member: z
    .object({ chat, from: user, date: z.int(), new_chat_member: z.object({ status: z.string() }) })
    .optional(),
})
export type Update = z.infer<typeof update>

/** As it is stored: pressed buttons and lost connections carry no time of their own. */
export const received = z.object({ receivedAt: z.iso.datetime(), update })

/** What we ask to be told. Reactions come only when they are named. */
export const wantedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'message_reaction',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
] as const
/** Known, and about other things than a customer who talks to us. */
export const otherUpdates = [
  'channel_post',
  'edited_channel_post',
  'guest_message',
  'stopped_message_generation',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
]
