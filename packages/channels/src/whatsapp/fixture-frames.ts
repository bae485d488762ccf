import type { Fixture } from '../conformance.ts'
import type { ChannelEvent, Peer } from '../events.ts'
import type { JsonObject } from '../json.ts'

/**
 * Bodies of webhooks with what they mean. Shapes as in the references of `messages`, `smb_message_echoes`,
 * `message_template_status_update` and `account_update`, whose addresses are in README.md.
 */
export type Sample = Omit<Fixture, 'request' | 'data'> & { body: JsonObject }

export const at = '2026-07-01T10:00:00.000Z'
export const timestamp = '1782900000'
export const metadata = { display_phone_number: '15550783881', phone_number_id: '106540352242922' }
export const envelope = (field: string, value: JsonObject): JsonObject => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '102290129340398', time: 1_782_900_000, changes: [{ field, value }] }],
})
export const contact = { profile: { name: '林小姐' }, wa_id: '8613800000001' }
export const lin: Peer = {
  address: '8613800000001',
  aliases: [{ kind: 'phone', value: '+8613800000001' }],
  name: '林小姐',
}
export const messages = (...said: JsonObject[]): JsonObject =>
  envelope('messages', {
    messaging_product: 'whatsapp',
    metadata,
    contacts: [contact],
    messages: said.map((one) => ({ from: '8613800000001', timestamp, ...one })),
  })
export const statuses = (...marks: JsonObject[]): JsonObject =>
  envelope('messages', {
    messaging_product: 'whatsapp',
    metadata,
    statuses: marks.map((mark) => ({ timestamp, recipient_id: '8613800000001', ...mark })),
  })

type MessageEvent = Extract<ChannelEvent, { kind: 'message' }>
export const said = (id: string, content: MessageEvent['content'], more: Partial<MessageEvent> = {}): ChannelEvent => ({
  kind: 'message',
  at,
  from: lin,
  id,
  content,
  ...more,
})
export const text = (words: string): MessageEvent['content'] => ({ type: 'text', text: words, markup: 'none' })
export const single = (name: string, message: JsonObject, event: ChannelEvent): Sample => ({
  name,
  body: messages(message),
  ids: [typeof message.id === 'string' ? message.id : ''],
  events: [event],
})
