import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { Capabilities } from '../../capabilities.ts'
import type { Part, Rendered } from '../../contract.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { splitText } from '../../split-text.ts'
import { textIn, wechatText } from './words.ts'
import { speakable } from '../../speakable.ts'
import { linesOf } from '../../words-at.ts'

/** Parts of messages that the whole family renders alike. */

export type Make = (type: string, body: JsonObject, attachmentIds?: readonly string[]) => Part
type Limits = Pick<Capabilities, 'text' | 'attachments'>

export function asRendered([first, ...rest]: readonly Part[], degraded: readonly string[]): Rendered {
  if (first) return { kind: 'parts', parts: [first, ...rest], degraded }
  return { kind: 'impossible', problem: { code: 'content-refused', detail: 'There are no words that can be shown' } }
}

export const textParts = (text: string, make: Make, { text: limits }: Pick<Limits, 'text'>): Part[] =>
  splitText(speakable(text), limits)
    .filter((piece) => piece.trim() !== '')
    .map((piece) => make('text', { content: piece }))

/** Labelled links are links where they fit into one message: nothing may be cut within their marks. */
export function wordsOfText(
  { text, markup }: ContentOf<'text'>,
  { text: { most } }: Pick<Limits, 'text'>,
  links: 'html' | 'plain',
): string {
  if (markup === 'none') return text
  const linked = wechatText(text, links)
  return Buffer.byteLength(linked) <= most ? linked : wechatText(text, 'plain')
}

/** More fields of the message itself, which stands under the name of its kind. */
export function withFields(request: JsonObject, fields: object): JsonObject {
  const type = textIn(request.msgtype)
  const held = request[type]
  return { ...request, [type]: { ...(isObject(held) ? held : {}), ...fields } }
}

/** The words over a menu; what is too long for them goes before. */
export function menuHead(text: string, most: number, make: Make, limits: Pick<Limits, 'text'>) {
  const pieces = splitText(speakable(text), { most, unit: 'bytes' })
  return { head: pieces.at(-1) ?? '', before: pieces.slice(0, -1).flatMap((piece) => textParts(piece, make, limits)) }
}

const mediaTypes: Readonly<Record<string, string>> = { audio: 'voice' }

/** With its caption as a message of its own; null when it cannot go as what it is. */
export function mediaParts(
  { type, attachment, caption = '' }: Extract<MessageContent, { attachment: object }>,
  make: Make,
  capabilities: Limits,
): Part[] | null {
  const limits = capabilities.attachments[type]
  const { id, mime, bytes, durationMs = 0 } = attachment
  const fits = limits && (limits.mimes.includes(mime) || limits.mimes.includes('*/*')) && bytes <= limits.bytes
  if (!fits || durationMs > (limits.durationMs ?? Infinity)) return null
  return [make(mediaTypes[type] ?? type, {}, [id]), ...textParts(caption, make, capabilities)]
}

export interface LinkCard {
  title: string
  text: string
  url: string
  imageUrl?: string | undefined
}
/** A card, a product or an article with exactly one link; null for any other. */
export function linkCardOf(content: MessageContent): LinkCard | null {
  switch (content.type) {
    case 'card': {
      const [button, ...others] = content.buttons
      if (!button || others.length > 0) return null
      return cardOf(content.title, content.text, button.url, content.imageUrl)
    }
    case 'product':
      return content.url === undefined ? null : cardOf(content.title, content.text, content.url, content.imageUrl)
    case 'article':
      return cardOf(content.title, content.excerpt, content.url, content.imageUrl)
    default:
      return null
  }
}
function cardOf(title: string, text: string | undefined, url: string, imageUrl?: string): LinkCard | null {
  const shown = speakable(title)
  return shown.trim() === '' ? null : { title: shown, text: speakable(text ?? ''), url, imageUrl }
}

/** A labelled link reads as its label. */
export function wordsIn({ request }: Part): string {
  if (Array.isArray(request.values)) return request.values.map(String).join(' ')
  const body = request[textIn(request.msgtype)]
  if (!isObject(body)) return ''
  const [article] = Array.isArray(body.articles) ? body.articles : []
  const at = (name: string): string => textIn(body[name])
  return linesOf(
    at('content').replaceAll(/<a href="[^"]*">(.*?)<\/a>/gu, '$1'),
    at('head_content'),
    at('title') || at('name'),
    isObject(article) ? textIn(article.title) : '',
  )
}
