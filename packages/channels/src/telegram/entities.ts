import { type Block, type Inline, parseMarkup, stripMarkup } from '@qiao/protocol'
import type { z } from 'zod'
import { splitText } from '../split-text.ts'
import type { entity } from './update.ts'

/**
 * Formatting by places in the text, counted in UTF-16 units: nothing has to be escaped and a message can never fail for
 * its markup (https://core.telegram.org/bots/api#messageentity, 2026-06-11).
 */
type Entity = z.infer<typeof entity>
export interface Formatted {
  text: string
  entities: Entity[]
}

export function formatted(source: string): Formatted {
  const entities: Entity[] = []
  let text = ''
  const blocks = parseMarkup(source)
  for (const [at, block] of blocks.entries()) {
    if (at > 0) text += block.type === 'paragraph' && blocks[at - 1]?.type === 'paragraph' ? '\n\n' : '\n'
    writeBlock(block)
  }
  return { text, entities: entities.toSorted((one, other) => one.offset - other.offset || other.length - one.length) }

  function writeBlock(block: Block): void {
    if (block.type === 'paragraph') return writeInline(block.children)
    if (block.type === 'quote') return mark({ type: 'blockquote' }, () => writeInline(block.children))
    if (block.type === 'code') return mark({ type: 'pre' }, () => void (text += block.text))
    for (const [at, item] of block.items.entries()) {
      text += `${at > 0 ? '\n' : ''}${block.ordered ? `${at + 1}.` : '•'} `
      writeInline(item)
    }
  }
  function writeInline(nodes: readonly Inline[]): void {
    for (const node of nodes) {
      if (node.type === 'text') text += node.text
      else if (node.type === 'code') mark({ type: 'code' }, () => void (text += node.text))
      else if (node.type === 'link') mark({ type: 'text_link', url: node.url }, () => writeInline(node.children))
      else mark({ type: node.type === 'strike' ? 'strikethrough' : node.type }, () => writeInline(node.children))
    }
  }
  function mark(what: Pick<Entity, 'type' | 'url'>, write: () => void): void {
    const offset = text.length
    write()
    if (text.length > offset) entities.push({ ...what, offset, length: text.length - offset })
  }
}

/** In pieces within the limit; formatting that runs over a cut goes on in the next piece. */
export function splitFormatted({ text, entities }: Formatted, most: number): Formatted[] {
  let from = 0
  return splitText(text, { most, unit: 'utf-16' }).map((piece) => {
    const start = text.indexOf(piece, from)
    from = start + piece.length
    const within = entities.flatMap((one) => {
      const [begin, end] = [Math.max(one.offset, start), Math.min(one.offset + one.length, from)]
      return begin < end ? [{ ...one, offset: begin - start, length: end - begin }] : []
    })
    return { text: piece, entities: within }
  })
}

const marks: Readonly<Record<string, (inner: Entity) => readonly [string, string]>> = {
  bold: () => ['**', '**'],
  italic: () => ['*', '*'],
  strikethrough: () => ['~~', '~~'],
  code: () => ['`', '`'],
  pre: () => ['```\n', '\n```'],
  blockquote: () => ['> ', ''],
  text_link: ({ url = '' }) => ['[', `](${url})`],
}
const letters = (text: string): string => text.replace(/\s/gu, '')

/** As our markup; where that would say something else than was written, without it and with the links in brackets. */
export function fromEntities(
  text: string,
  entities: readonly Entity[] = [],
): { text: string; markup: 'none' | 'light' } {
  const known = entities.filter(({ type, length }) => marks[type] && length > 0)
  if (known.length === 0) return { text, markup: 'none' }
  const marked = inserted(text, known, ({ type }) => type)
  if (letters(stripMarkup(marked)) === letters(text)) return { text: marked, markup: 'light' }
  const links = known.filter(({ type }) => type === 'text_link')
  return { text: inserted(text, links, () => 'address'), markup: 'none' }
}

function inserted(text: string, entities: readonly Entity[], how: (one: Entity) => string): string {
  const before = new Map<number, string>()
  const after = new Map<number, string>()
  for (const one of entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)) {
    const words = text.slice(one.offset, one.offset + one.length)
    const start = one.offset + (words.length - words.trimStart().length)
    const end = one.offset + words.trimEnd().length
    if (end <= start) continue
    const [open, close] = how(one) === 'address' ? ['', ` (${one.url ?? ''})`] : (marks[one.type]?.(one) ?? ['', ''])
    before.set(start, `${before.get(start) ?? ''}${open}`)
    after.set(end, `${close}${after.get(end) ?? ''}`)
  }
  return Array.from(
    { length: text.length + 1 },
    (_, at) => `${after.get(at) ?? ''}${before.get(at) ?? ''}${text.charAt(at)}`,
  ).join('')
}
