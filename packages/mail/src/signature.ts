import type { Line } from './html-lines.ts'
import { isDeviceLine } from './device-line.ts'
import { disclaimer, scanned } from './quote-words.ts'

const delimiter = /^(?:-- ?|--\s{0,3}|—|––)$/
const footer = /^_{2,}$/
const most = 25

export type Signed = { own: Line[]; signature: Line[] }

/**
 * Takes the signature off the end of what somebody wrote: below `-- `, what a phone or a legal department appends, and the
 * footers of lists. Greetings and the name below them are part of the message.
 */
export function takeSignature(lines: Line[]): Signed {
  let end = withoutMarked(lines)
  const delimited = lines
    .slice(0, end)
    .findIndex((line, at) => isDelimiter(lines, at, end) || isFooter(line, lines, at, end))
  if (delimited >= 0) end = delimited
  end = withoutBox(lines, withoutCard(lines, end))
  end = withoutTrailing(lines, end)
  return { own: lines.slice(0, end), signature: lines.slice(end) }
}

/** What the markup says is a signature, if nothing is written below it. */
function withoutMarked(lines: Line[]): number {
  const above = lines.findLastIndex(
    (line) => line.region !== 'signature' && line.text.trim() !== '' && !isDeviceLine(line.text),
  )
  const marked = lines.findIndex((line, at) => at > above && line.region === 'signature')
  return marked < 0 ? lines.length : marked
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

const boxRule = /^[-=*_~#+.━─＝―─═・◆◇■□★☆☆＊]{5,}$/
const reached =
  /〒|株式会社|有限会社|[㈱℡]|\b(?:tel|fax|mobile|phone)\b|電話|携帯|电话|手机|传真|有限公司|전화|주식회사|휴대폰/i
const address = /^(?:(?:e-?)?mail|web|url|hp)?\s*[:：]?\s*(?:\S+@\S+\.\S+|https?:\S+)$/i
const aboutOrder = /order|注文|お問い?合わ?せ|订单|訂單|주문|[?？]/i

/** Between two rules at the end stands who wrote it, as is usual in Japan; what else is framed says other things. */
function withoutBox(lines: Line[], end: number): number {
  const texts = lines.slice(Math.max(0, end - most), end).map(({ text }) => text.trim())
  const last = texts.findLastIndex((text) => text !== '')
  if (last < 2 || !boxRule.test(texts[last]!)) return end
  const first = texts.slice(0, last).findLastIndex((text) => boxRule.test(text))
  const inner = texts.slice(first + 1, last).filter((text) => text !== '')
  return first >= 0 && isCard(inner) ? end - texts.length + first : end
}

/** Names and numbers, no sentences. */
function isCard(lines: string[]): boolean {
  if (lines.length < 2 || lines.length > 12 || lines.some((line) => aboutOrder.test(line))) return false
  const longest = Math.max(...lines.map((line) => line.split(/\s+/).length))
  if (longest <= 8 && lines.every((line) => line.length <= 80) && lines.some((line) => reached.test(line))) return true
  return longest <= 5 && lines.length <= 4 && lines.some((line) => address.test(line))
}

/** NetEase's card of the sender, a table in the HTML: in the text its rows are lines with bars, and below it says whose it is. */
function withoutCard(lines: Line[], end: number): number {
  const texts = lines.slice(Math.max(0, end - most), end).map(({ text }) => text.trim())
  const last = texts.findLastIndex((text) => text !== '')
  const isMade = maker.test(texts[last] ?? '')
  if (!isMade && texts[last] !== '|') return end
  const top = texts.findLastIndex((text) => cardTop.test(text))
  const start = top >= 0 ? top : isMade ? last : texts.length
  return end - texts.length + start
}
const cardTop = /^\|\s*\|$/
const maker = /^\W{0,3}签名由\s?.{2,20}\s?定制\W{0,3}$/

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
    if (isDeviceLine(lines[first]!.text)) {
      end = first
      continue
    }
    // A device's line above a name, or a paragraph of law.
    while (first > 0 && isText(lines[first - 1]!) && last - first < 12) first--
    const paragraph = lines
      .slice(first, last)
      .map((line) => line.text.trim())
      .join(' ')
    const appended = disclaimer.test(paragraph.slice(0, 4000)) || scanned.test(paragraph.slice(0, 400))
    if (first > 0 && appended && lines.slice(0, first).some(isText)) {
      end = first
      continue
    }
    return end
  }
}

const isText = (line: Line) => line.text.trim() !== '' && !/^[-_=*~\s]{3,}$/.test(line.text)
