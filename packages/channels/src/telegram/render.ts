import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import type { Json, JsonObject } from '../json.ts'
import { plainForm } from '../plain-form.ts'
import { toJson } from '../without-undefined.ts'
import { type Formatted, formatted, splitFormatted } from './entities.ts'
import { chatFields, messageNumber } from './names.ts'

/** https://core.telegram.org/bots/api#sending-files and #sendmessage (2026-06-11); «MB» read as the smaller million. */
export const limits = { text: 4096, caption: 1024, photo: 10_000_000, upload: 50_000_000, data: 64, vcard: 2048 }

type Attached = ContentOf<'image' | 'audio' | 'video' | 'file'>
const plainly = (text: string): Formatted => ({ text, entities: [] })

export function render(message: OutgoingMessage): Rendered {
  const { content, links, language } = message
  switch (content.type) {
    case 'text':
      return sent(texts(message, content.markup === 'light' ? formatted(content.text) : plainly(content.text)))
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return attachment(message, content)
    case 'location':
      return sent([part(message, place(content))])
    case 'contact':
      return content.phones[0] === undefined
        ? degraded()
        : sent([part(message, businessCard(content, content.phones[0]))])
    case 'card':
      return sent(texts(message, cardText(content), cardFields(content)))
    case 'menu':
      if (content.options.some(({ id }) => Buffer.byteLength(id) > limits.data)) return degraded()
      return sent(texts(message, plainly(content.text), { reply_markup: { inline_keyboard: keyboard(content) } }))
    default:
      return degraded()
  }

  function degraded(): Rendered {
    const words = plainForm(content, { links, language })
    return sent(texts(message, plainly(words)), [words])
  }
}

function sent(parts: readonly Part[], degraded: readonly string[] = []): Rendered {
  const [first, ...more] = parts
  return first
    ? { kind: 'parts', parts: [first, ...more], degraded }
    : { kind: 'impossible', problem: { code: 'content-refused', detail: 'There is nothing to show' } }
}

function part({ to, thread, replyTo }: OutgoingMessage, fields: JsonObject, attachmentIds?: readonly string[]): Part {
  const answered = replyTo === undefined ? null : messageNumber(replyTo)
  const quote: JsonObject =
    answered === null ? {} : { reply_parameters: { message_id: answered, allow_sending_without_reply: true } }
  return { request: { ...chatFields(to, thread), ...quote, ...fields }, ...(attachmentIds ? { attachmentIds } : {}) }
}

/** Only the first piece quotes what it answers, only the last has the buttons. */
function texts(message: OutgoingMessage, words: Formatted, last: JsonObject = {}): Part[] {
  const pieces = splitFormatted(words, limits.text).filter(({ text }) => text.trim() !== '')
  return pieces.map(({ text, entities }, at) =>
    part(at === 0 ? message : { ...message, replyTo: undefined }, {
      method: 'sendMessage',
      text,
      ...(entities.length > 0 ? { entities: entities.map((entity) => toJson(entity)) } : {}),
      ...(at === pieces.length - 1 ? last : {}),
    }),
  )
}

function attachment(message: OutgoingMessage, content: Attached): Rendered {
  const { attachment: file, caption = '' } = content
  if (file.bytes > limits.upload) {
    if (message.links[file.id] === undefined) return { kind: 'impossible', problem: { code: 'too-large' } }
    const words = plainForm(content, message)
    return sent(texts(message, plainly(words)), [words])
  }
  const [method, field] = methodFor(content)
  const fits = caption.length <= limits.caption
  const fields = { method, [field]: 'attach://file', ...(fits && caption.trim() !== '' ? { caption } : {}) }
  const after = fits ? [] : texts({ ...message, replyTo: undefined }, plainly(caption))
  return sent([part(message, fields, [file.id]), ...after])
}

/** What it can play goes as what it is, anything else as a document. */
function methodFor({ type, attachment: { mime, bytes } }: Attached): readonly [string, string] {
  if (type === 'image' && mime === 'image/gif') return ['sendAnimation', 'animation']
  if (type === 'image' && /^image\/(?:jpeg|png|webp)$/u.test(mime) && bytes <= limits.photo)
    return ['sendPhoto', 'photo']
  if (type === 'audio' && mime === 'audio/ogg') return ['sendVoice', 'voice']
  if (type === 'audio' && /^audio\/(?:mpeg|mp4)$/u.test(mime)) return ['sendAudio', 'audio']
  if (type === 'video' && mime === 'video/mp4') return ['sendVideo', 'video']
  return ['sendDocument', 'document']
}

/** A venue needs both its name and its address. */
function place({ latitude, longitude, title, address }: ContentOf<'location'>): JsonObject {
  const name = title ?? address
  if (!name?.trim()) return { method: 'sendLocation', latitude, longitude }
  const where = title && address?.trim() ? address : `${latitude}, ${longitude}`
  return { method: 'sendVenue', latitude, longitude, title: name, address: where }
}

const line = (field: string, value: string): string => `${field}:${value.replaceAll(/[\\;,]/gu, String.raw`\$&`)}`
/** https://core.telegram.org/bots/api#sendcontact (2026-06-11): one number; what else is known stands in the vCard. */
function businessCard(content: ContentOf<'contact'>, phone: string): JsonObject {
  const { name, phones, emails, organisation } = content
  const vcard = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    line('FN', name),
    ...(organisation ? [line('ORG', organisation)] : []),
    ...phones.map((each) => line('TEL', each)),
    ...emails.map((each) => line('EMAIL', each)),
    'END:VCARD',
  ].join('\n')
  const isMore = phones.length > 1 || emails.length > 0 || organisation !== undefined
  const fits = isMore && Buffer.byteLength(vcard) <= limits.vcard
  return { method: 'sendContact', phone_number: phone, first_name: name, ...(fits ? { vcard } : {}) }
}

const cardText = ({ title, text }: ContentOf<'card'>): Formatted => ({
  text: text ? `${title}\n${text}` : title,
  entities: [{ type: 'bold', offset: 0, length: title.length }],
})
function cardFields({ imageUrl, buttons }: ContentOf<'card'>): JsonObject {
  const preview: JsonObject = imageUrl
    ? { url: imageUrl, prefer_large_media: true, show_above_text: true }
    : { is_disabled: true }
  const rows = buttons.map(({ label, url }): Json => [{ text: label, url }])
  return { link_preview_options: preview, ...(rows.length > 0 ? { reply_markup: { inline_keyboard: rows } } : {}) }
}

/** Short quick replies stand two in a row. */
function keyboard({ options, style }: Extract<MessageContent, { type: 'menu' }>): Json {
  const inRow = style === 'quick' && options.every(({ label }) => label.length <= 16) ? 2 : 1
  const buttons = options.map(({ id, label }) => ({ text: label, callback_data: id }))
  return Array.from({ length: Math.ceil(buttons.length / inRow) }, (_, row) =>
    buttons.slice(row * inRow, (row + 1) * inRow),
  )
}
