import type { TextLimits } from './capabilities.ts'
import { segmentsOf } from './sms-segments.ts'

type Unit = TextLimits['unit']

export function textLength(text: string, unit: Unit): number {
  switch (unit) {
    case 'characters':
      return Array.from(text).length
    case 'utf-16':
      return text.length
    case 'bytes':
      return Buffer.byteLength(text)
    case 'segments':
      return segmentsOf(text).parts.length
    default:
      return unit satisfies never
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** Best places to end first: a paragraph, a line, a sentence, a word. */
const ends = [/\n{2,}/gu, /\n/gu, /[。！？；]|[.!?;](?=\s)/gu, /\s/gu]

/** Cuts a text into pieces within the limit, at the best place that the last half of each piece has. Nothing but space at a cut is lost. */
export function splitText(text: string, { most, unit }: Pick<TextLimits, 'most' | 'unit'>): string[] {
  const pieces: string[] = []
  let rest = text
  while (textLength(rest, unit) > most) {
    const fitting = longestFitting(rest, most, unit)
    const cut = bestEnd(fitting)
    const piece = rest.slice(0, cut).trimEnd()
    if (piece !== '') pieces.push(piece)
    rest = rest.slice(cut).replace(/^[^\S\n]*\n?/u, '')
  }
  return rest.trim() === '' && pieces.length > 0 ? pieces : [...pieces, rest]
}

/** Whole graphemes as long as they fit; of one that never fits alone, what does. */
function longestFitting(text: string, most: number, unit: Unit): string {
  let [low, high] = [1, Math.min(text.length, unit === 'segments' ? most * 160 : most * 2)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (textLength(text.slice(0, middle), unit) <= most) low = middle
    else high = middle - 1
  }
  let end = 0
  for (const { index, segment } of graphemes.segment(text.slice(0, low + 64))) {
    if (index + segment.length > low) break
    end = index + segment.length
  }
  if (end > 0) return text.slice(0, end)
  return text.slice(0, isHighSurrogate(text, low - 1) ? Math.max(low - 1, 2) : low)
}

const isHighSurrogate = (text: string, at: number): boolean => /^[\uD800-\uDBFF]$/u.test(text.charAt(at))

function bestEnd(text: string): number {
  for (const end of ends) {
    const last = [...text.matchAll(end)].at(-1)
    const at = last ? last.index + last[0].length : 0
    if (at > text.length / 2) return at
  }
  return text.length
}
