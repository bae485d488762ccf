import type { Line } from './html-lines.ts'
import { device, disclaimer } from './quote-words.ts'

const delimiter = /^(?:-- ?|--\s{0,3}|—|––)$/
const footer = /^_{20,}$/
const most = 25

export type Signed = { own: Line[]; signature: Line[] }

/**
 * Takes the signature off the end of what somebody wrote: below `-- `, what a phone or a legal department appends, and the
 * footers of lists. Greetings and the name below them are part of the message.
 */
export function takeSignature(lines: Line[]): Signed {
  const marked = lines.findIndex((line) => line.region === 'signature')
  let end =
    marked >= 0 &&
    lines
      .slice(marked)
      .every((line) => line.region === 'signature' || line.text.trim() === '' || device.test(line.text.trim()))
      ? marked
      : lines.length
  for (let at = 0; at < end; at++) {
    const text = lines[at]!.text
    const below = lines.slice(at + 1, end).filter((line) => line.text.trim() !== '').length
    if (delimiter.test(text) && below <= most && (lines.slice(0, at).some(isText) || below > 0)) {
      end = at
      break
    }
    if (
      footer.test(text.trim()) &&
      below <= most &&
      lines.slice(at + 1, at + 3).some((line) => /mailing list|list-unsubscribe|unsubscribe/i.test(line.text))
    )
      end = at
  }
  end = withoutTrailing(lines, end)
  return { own: lines.slice(0, end), signature: lines.slice(end) }
}

function withoutTrailing(lines: Line[], from: number): number {
  let end = from
  for (;;) {
    let last = end
    while (last > 0 && !isText(lines[last - 1]!)) last--
    if (last === 0) return end
    let first = last - 1
    if (device.test(lines[first]!.text.trim())) {
      end = first
      continue
    }
    // A device's line above a name, or a paragraph of law.
    while (first > 0 && isText(lines[first - 1]!) && last - first < 12) first--
    const paragraph = lines
      .slice(first, last)
      .map((line) => line.text.trim())
      .join(' ')
    if (first > 0 && disclaimer.test(paragraph.slice(0, 4000)) && lines.slice(0, first).some(isText)) {
      end = first
      continue
    }
    return end
  }
}

const isText = (line: Line) => line.text.trim() !== '' && !/^[-_=*~\s]{3,}$/.test(line.text)
