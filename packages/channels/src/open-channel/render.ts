import type { OutgoingMessage, Part, Rendered } from '../contract.ts'
import { isObject } from '../json.ts'
import { plainForm } from '../plain-form.ts'
import { splitText } from '../split-text.ts'
import { wordsAt } from '../words-at.ts'
import { toJson } from '../without-undefined.ts'
import { maxText } from './protocol.ts'

const limit = { most: maxText, unit: 'utf-16' } as const

/** Every kind goes as what it is, with its words beside it for systems that show nothing else. */
export function render(message: OutgoingMessage): Rendered {
  const { content, links } = message
  if (content.type === 'mail') return asText(message)
  if (content.type === 'text') {
    const [first = content.text, ...more] = splitText(content.text, limit)
    const piece = (text: string, changes: Partial<OutgoingMessage> = {}) =>
      part({ ...message, ...changes, content: { ...content, text } })
    // Only the first piece of a long text quotes what it answers.
    const others = more.map((text) => piece(text, { replyTo: undefined }))
    return { kind: 'parts', parts: [piece(first), ...others], degraded: [] }
  }
  if (!('attachment' in content)) return { kind: 'parts', parts: [part(message)], degraded: [] }
  const url = links[content.attachment.id]
  if (url === undefined)
    return { kind: 'impossible', problem: { code: 'media-gone', detail: 'The file has no address' } }
  return { kind: 'parts', parts: [part(message, { attachment: { ...content.attachment, url } })], degraded: [] }
}

/** Letters are for mail: the words and the files of one go as a text. */
function asText(message: OutgoingMessage): Rendered {
  const text = plainForm(message.content, message)
  const rendered = render({ ...message, content: { type: 'text', text, markup: 'none' } })
  return rendered.kind === 'parts' ? { ...rendered, degraded: [text] } : rendered
}

function part({ to, content, replyTo, thread, author, language, links }: OutgoingMessage, changes: object = {}): Part {
  const plain = plainForm(content, { links, language })
  const shown = { ...content, ...changes }
  return { request: toJson({ type: 'message', to, content: shown, plain, replyTo, thread, author, language }) }
}

/** A file reads as its caption; what is no text as the words beside it. */
export function wordsIn({ request }: Part): string {
  const { content } = request
  if (isObject(content) && 'attachment' in content) return wordsAt(request, 'content', 'caption')
  return wordsAt(request, 'content', 'text') || wordsAt(request, 'plain')
}
