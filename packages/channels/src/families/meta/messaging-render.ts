import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { Capabilities } from '../../capabilities.ts'
import type { OutgoingMessage, Part, Rendered } from '../../contract.ts'
import type { JsonObject } from '../../json.ts'
import { noMarks, withMarks } from './markup.ts'
import { plainForm } from '../../plain-form.ts'
import { splitText, textLength } from '../../split-text.ts'

/** Messages of Messenger and Instagram: neither has markup, captions or places. */
export interface MessagingLimits {
  capabilities: Capabilities
  /** Messenger takes bytes from us; Instagram fetches them from an address. */
  media: 'upload' | 'link'
}
interface Said {
  messages: readonly { message: JsonObject; attachmentId?: string }[]
  degraded: readonly string[]
}
const elementLimit = 80
const buttonLimit = 20
/** …/messenger-platform/send-messages/template/button (2026-04-22); Instagram's page names no other. */
const aboveButtonsLimit = 640

export function renderMessaging(message: OutgoingMessage, limits: MessagingLimits): Rendered {
  const { messages, degraded } = say(message.content, message, limits)
  const tag = message.window === 'human-agent' ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : null
  const [first, ...rest] = messages.map(({ message: one, attachmentId }): Part => ({
    request: { recipient: { id: message.to }, ...(tag ?? { messaging_type: 'RESPONSE' }), message: one },
    ...(attachmentId ? { attachmentIds: [attachmentId] } : {}),
  }))
  return first
    ? { kind: 'parts', parts: [first, ...rest], degraded }
    : { kind: 'impossible', problem: { code: 'content-refused', detail: 'Nothing to say' } }
}

/** Anything as words, for places where there is nothing else. */
export function wordsOf(content: MessageContent, { links, language }: OutgoingMessage): string {
  if (content.type === 'text') return content.markup === 'light' ? withMarks(content.text, noMarks) : content.text
  return plainForm(content, { links, ...(language ? { language } : {}) })
}

function say(content: MessageContent, message: OutgoingMessage, limits: MessagingLimits): Said {
  const words = () => wordsOf(content, message)
  const plain = (isDegraded: boolean): Said => ({
    messages: texts(words(), limits),
    degraded: isDegraded ? [words()] : [],
  })
  switch (content.type) {
    case 'text':
      return plain(false)
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return attachment(content, message.links, limits) ?? plain(true)
    case 'card':
      return card(content, limits) ?? plain(true)
    case 'menu':
      return choices(content, limits) ?? plain(true)
    default:
      return plain(true)
  }
}

const texts = (words: string, { capabilities }: MessagingLimits): Said['messages'] =>
  words.trim() === '' ? [] : splitText(words, capabilities.text).map((text) => ({ message: { text } }))

function attachment(
  { type, attachment: file, caption = '' }: ContentOf<'image' | 'audio' | 'video' | 'file'>,
  links: OutgoingMessage['links'],
  limits: MessagingLimits,
): Said | null {
  const most = limits.capabilities.attachments[type]
  const mime = file.mime.split(';')[0] ?? ''
  const isTaken = most?.mimes.some((one) => one === mime || (one.endsWith('/*') && mime.startsWith(one.slice(0, -1))))
  const url = links[file.id]
  if (!most || !isTaken || file.bytes > most.bytes || (limits.media === 'link' && !url)) return null
  const payload: JsonObject = limits.media === 'link' && url ? { url } : {}
  const media = {
    message: { attachment: { type, payload } },
    ...(limits.media === 'upload' ? { attachmentId: file.id } : {}),
  }
  return { messages: [media, ...texts(caption, limits)], degraded: [] }
}

/** A generic template wants a title and one thing more; words that are too long for it stand above the buttons. */
function card({ title, text, imageUrl, buttons }: ContentOf<'card'>, limits: MessagingLimits): Said | null {
  const isLong = title.length > elementLimit || (text ?? '').length > elementLimit
  const isBare = !text && !imageUrl && buttons.length === 0
  if (isBare || buttons.some(({ label }) => label.length > buttonLimit)) return null
  const links = buttons.map(({ label, url }) => ({ type: 'web_url', title: label, url }))
  if (isLong) {
    const words = [title, text].filter(Boolean).join('\n\n')
    const { most, unit } = limits.capabilities.text
    const isShort = words.length <= aboveButtonsLimit && textLength(words, unit) <= most
    const fits = !imageUrl && links.length > 0 && isShort
    return fits ? templateOf({ template_type: 'button', text: words, buttons: links }) : null
  }
  const element = {
    title,
    ...(text ? { subtitle: text } : {}),
    ...(imageUrl ? { image_url: imageUrl } : {}),
    ...(links.length > 0 ? { buttons: links } : {}),
  }
  return templateOf({ template_type: 'generic', elements: [element] })
}

const templateOf = (payload: JsonObject): Said => ({
  messages: [{ message: { attachment: { type: 'template', payload } } }],
  degraded: [],
})

/** Chips under the last piece of the text. */
function choices({ text, options }: ContentOf<'menu'>, limits: MessagingLimits): Said | null {
  const { menu } = limits.capabilities
  if (!menu || options.length > menu.options) return null
  if (options.some(({ label }) => textLength(label, 'utf-16') > menu.label)) return null
  const pieces = splitText(text, limits.capabilities.text)
  const replies = options.map(({ id, label }) => ({ content_type: 'text', title: label, payload: id }))
  return {
    messages: pieces.map((piece, at) => ({
      message: { text: piece, ...(at < pieces.length - 1 ? {} : { quick_replies: replies }) },
    })),
    degraded: [],
  }
}
