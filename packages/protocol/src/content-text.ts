import type { AttachmentReference } from './attachment-reference.ts'
import type { MessageContent } from './content.ts'
import { stripMarkup } from './markup.ts'

const minutes = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`
const join = (...parts: (string | undefined)[]): string => parts.filter((part) => part).join(' · ')

/**
 * The words of a message, for search, previews and notifications. Kinds without words of their own give a bracketed,
 * language-neutral tag with the name (`[image] cat.png`); screens translate the tag by content type instead.
 */
export function contentToText(content: MessageContent): string {
  switch (content.type) {
    case 'text':
      return content.markup === 'light' ? stripMarkup(content.text) : content.text
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return `[${content.type}] ${content.caption ?? content.attachment.name}`
    case 'location':
      return `[location] ${join(content.title, content.address) || `${content.latitude}, ${content.longitude}`}`
    case 'contact':
      return join(content.name, content.organisation, ...content.phones, ...content.emails)
    case 'card':
      return join(content.title, content.text)
    case 'menu':
      return `${content.text} (${content.options.map((option) => option.label).join(' / ')})`
    case 'form':
      return `[form] ${content.title}`
    case 'form-response':
      return content.values.map((field) => `${field.label}: ${field.value}`).join('\n')
    case 'product':
      return `[product] ${join(content.title, content.sku)}`
    case 'order':
      return `[order] ${join(content.number, content.status)}`
    case 'article':
      return join(content.title, content.excerpt)
    case 'call':
      return `[${content.medium} call] ${content.outcome} ${minutes(content.durationSeconds)}`
    case 'template':
      return content.text
    case 'mail':
      return join(content.subject, content.text)
    case 'left-message':
      return join(content.topic?.label, content.text, ...content.values.map(({ label, value }) => `${label}: ${value}`))
    case 'unsupported':
      return `[unsupported] ${content.summary}`
    default:
      return content satisfies never
  }
}

/** One line, at most `length` characters, for lists. Cuts between code points. */
export function contentPreview(content: MessageContent, length = 120): string {
  const line = contentToText(content).replace(/\s+/gu, ' ').trim()
  const characters = Array.from(line)
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`
}

/** The files of a message. */
export function filesOf(content: MessageContent): readonly AttachmentReference[] {
  if (content.type === 'mail') return content.attachments
  if (content.type === 'left-message') return content.files
  if (content.type === 'template')
    return content.header && 'attachment' in content.header ? [content.header.attachment] : []
  return 'attachment' in content ? [content.attachment] : []
}
