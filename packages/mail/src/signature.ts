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
  const delimited = lines
    .slice(0, end)
    .findIndex((line, at) => isDelimiter(lines, at, end) || isFooter(line, lines, at, end))
  if (delimited >= 0) end = delimited
  end = withoutTrailing(lines, end)
  return { own: lines.slice(0, end), signature: lines.slice(end) }
}

function isDelimiter(lines: Line[], at: number, end: number): boolean {
  if (!delimiter.test(lines[at]!.text)) return false
  const below = textsBelow(lines, at, end)
  return below <= most && (below > 0 || lines.slice(0, at).some(isText))
}

const isFooter = ({ text }: Line, lines: Line[], at: number, end: number) =>
  footer.test(text.trim()) &&
  textsBelow(lines, at, end) <= most &&
  lines.slice(at + 1, at + 3).some((line) => /mailing list|unsubscribe/i.test(line.text))

/** Counts no further than matters. */
function textsBelow(lines: Line[], at: number, end: number): number {
  let count = 0
  for (let next = at + 1; next < end && count <= most; next++) if (lines[next]!.text.trim() !== '') count++
  return count
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
