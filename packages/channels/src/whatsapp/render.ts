import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import type { Json, JsonObject } from '../json.ts'
import { withMarks } from '../families/meta/markup.ts'
import { plainForm } from '../plain-form.ts'
import { splitText } from '../split-text.ts'
import { addressOf, isUserId } from './address.ts'
import { capabilities } from './capabilities.ts'
import { renderTemplate } from './render-template.ts'

interface Said {
  /** Without to whom: `type` and the object of that name. */
  messages: readonly { said: JsonObject; attachmentId?: string }[]
  degraded: readonly string[]
}
type Attachment = ContentOf<'image' | 'audio' | 'video' | 'file'>

/** https://faq.whatsapp.com/539178204879377 (2026-05) */
const marks = { bold: '*', italic: '_', strike: '~', code: '`', fence: '```' }
const bodyLimit = 1024
const buttonLimit = 20
const { menu, text } = capabilities

export function render(message: OutgoingMessage): Rendered {
  const address = message.thread === undefined ? addressOf(message.to) : message.thread
  if (!address) return { kind: 'impossible', problem: { code: 'address-unknown', detail: message.to } }
  const said = say(message.content, message)
  if ('code' in said) return { kind: 'impossible', problem: said }
  const [first, ...rest] = said.messages.map(({ said: one, attachmentId }, at): Part => ({
    request: {
      messaging_product: 'whatsapp',
      ...recipientOf(message, address),
      ...(message.replyTo && at === 0 ? { context: { message_id: message.replyTo } } : {}),
      ...one,
    },
    ...(attachmentId ? { attachmentIds: [attachmentId] } : {}),
  }))
  return first
    ? { kind: 'parts', parts: [first, ...rest], degraded: said.degraded }
    : { kind: 'impossible', problem: { code: 'content-refused', detail: 'Nothing to say' } }
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/ (2026-06-16) */
const recipientOf = ({ thread }: OutgoingMessage, address: string): JsonObject => ({
  recipient_type: thread === undefined ? 'individual' : 'group',
  ...(thread === undefined && isUserId(address) ? { recipient: address } : { to: address }),
})

const toGroups: readonly MessageContent['type'][] = capabilities.inThreads?.group?.sends ?? []

function say(content: MessageContent, message: OutgoingMessage) {
  if (message.thread !== undefined && !toGroups.includes(content.type)) return degraded(content, message)
  switch (content.type) {
    case 'text':
      return plain(content.markup === 'light' ? withMarks(content.text, marks) : content.text)
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return attachment(content) ?? degraded(content, message)
    case 'location':
      return one('location', {
        latitude: content.latitude,
        longitude: content.longitude,
        ...(content.title ? { name: content.title } : {}),
        ...(content.address ? { address: content.address } : {}),
      })
    case 'contact':
      return one('contacts', [businessCard(content)])
    case 'card':
      return card(content) ?? degraded(content, message)
    case 'menu':
      return choices(content, message.language) ?? degraded(content, message)
    case 'template': {
      const filled = renderTemplate(content)
      return 'code' in filled ? filled : { messages: [filled], degraded: [] }
    }
    default:
      return degraded(content, message)
  }
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages (2026-05) */
const businessCard = ({ name, phones, emails, organisation }: ContentOf<'contact'>): JsonObject => ({
  // The whole name needs a part of it beside it.
  name: { formatted_name: name, first_name: name },
  ...(phones.length > 0 ? { phones: phones.map((phone) => ({ phone, type: 'WORK' })) } : {}),
  ...(emails.length > 0 ? { emails: emails.map((email) => ({ email, type: 'WORK' })) } : {}),
  ...(organisation ? { org: { company: organisation } } : {}),
})

const one = (type: string, object: Json): Said => ({
  messages: [{ said: { type, [type]: object } }],
  degraded: [],
})
const texts = (words: string): Said['messages'] =>
  words.trim() === ''
    ? []
    : splitText(words, text).map((body) => ({
        said: { type: 'text', text: { body, preview_url: /https?:\/\//u.test(body) } },
      }))
const plain = (words: string): Said => ({ messages: texts(words), degraded: [] })

function degraded(content: MessageContent, { links, language }: OutgoingMessage): Said {
  const words = plainForm(content, { links, ...(language ? { language } : {}) })
  return { messages: texts(words), degraded: [words] }
}

function attachment({ type, attachment: file, caption = '' }: Attachment): Said | null {
  const limits = capabilities.attachments[type]
  if (!limits?.mimes.includes(file.mime.split(';')[0] ?? '') || file.bytes > limits.bytes) return null
  const fits = caption.trim() !== '' && caption.length <= limits.caption
  const object = {
    ...(type === 'file' ? { filename: file.name } : {}),
    ...(fits ? { caption } : {}),
  }
  const name = type === 'file' ? 'document' : type
  const media = { said: { type: name, [name]: object }, attachmentId: file.id }
  return { messages: [media, ...(fits ? [] : texts(caption))], degraded: [] }
}

/** One link is a button; without one a card is a picture with words. More buttons than one become lines. */
function card({ title, text: more, imageUrl, buttons }: ContentOf<'card'>): Said | null {
  const words = [`*${title}*`, more].filter(Boolean).join('\n')
  const [button, ...others] = buttons
  if (words.length > bodyLimit || others.length > 0) return null
  if (!button) return imageUrl ? one('image', { link: imageUrl, caption: words }) : plain(words)
  if (button.label.length > buttonLimit) return null
  return one('interactive', {
    type: 'cta_url',
    ...(imageUrl ? { header: { type: 'image', image: { link: imageUrl } } } : {}),
    body: { text: words },
    action: { name: 'cta_url', parameters: { display_text: button.label, url: button.url } },
  })
}

/** Up to three short options are buttons, up to ten a list. Words that do not fit above them are said first. */
function choices({ text: words, options }: ContentOf<'menu'>, language = 'zh'): Said | null {
  const labels = options.map(({ label }) => label)
  const asButtons =
    options.length <= 3 &&
    labels.every((label) => label.length <= buttonLimit) &&
    new Set(labels).size === labels.length
  const most = menu?.options ?? 0
  if (!asButtons && (options.length > most || labels.some((label) => label.length > (menu?.label ?? 0)))) return null
  const pieces = splitText(words, { most: bodyLimit, unit: 'utf-16' })
  const body = { text: pieces.at(-1) ?? words }
  const interactive: JsonObject = asButtons
    ? {
        type: 'button',
        body,
        action: { buttons: options.map(({ id, label }) => ({ type: 'reply', reply: { id, title: label } })) },
      }
    : {
        type: 'list',
        body,
        action: {
          button: language.startsWith('zh') ? '请选择' : 'Choose',
          sections: [{ rows: options.map(({ id, label }) => ({ id, title: label })) }],
        },
      }
  const before = pieces.slice(0, -1).flatMap(texts)
  return { messages: [...before, { said: { type: 'interactive', interactive } }], degraded: [] }
}
