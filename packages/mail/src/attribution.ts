import type { Line } from './html-lines.ts'
import { original, forwardedMark, wrote, wroteStart } from './quote-words.ts'

const longest = 4
const verbEnd = new RegExp(`(?:^|[\\s>,)\\]"”»*_\\d]|[^\\x00-\\x7f])(?:${wrote})\\s*[*_]*\\s*[:：.]?\\s*[*_]*$`, 'iu')
const verbInside = new RegExp(`(?:^|[\\s>,)"”»])(?:${wrote})\\s.{1,200}[:：]\\s*[*_]*$`, 'iu')
/** `Op … schreef Anna <anna@…>`, without a colon. */
const verbThenAddress = new RegExp(`\\s(?:${wrote})\\s.{1,100}<[^\\s<>]+@[^\\s<>]+>$`, 'iu')
/** `2016-03-03 17:21 GMT+01:00 Anna Berg` */
const oldGmail = /^\d{4}-\d\d?-\d\d? \d\d?:\d\d GMT[+-]\d\d:\d\d [^:]{2,80}$/
/** Phones put the quote into the same line. */
const withQuote = new RegExp(
  `^\\s*(?:${wroteStart})\\s.{5,200}<[^\\s<>]+@[^\\s<>]+>\\s*(?:${wrote})\\s*[:：]\\s+\\S`,
  'iu',
)
const start = new RegExp(`^[*_\\s"“]*(?:${wroteStart})(?=[\\s\\d,.]|[^\\x00-\\x7f])`, 'iu')
const dated =
  /\d{1,4}[-/.年년]\s?\d{1,2}|\d{1,2}[:.h時点시]\s?\d{2}|\d{1,2}\.?\s+\p{L}{2,}|\p{L}{3,}\.?\s+\d{1,2}|[٠-٩]/u
const addressed = /[^\s<>"]+@[^\s<>"]+/
const colon = /[:：]\s*[*_]*$/

/** How many lines, from `at`, say "On … somebody wrote:"; 0 when they do not. */
export function attributionLength(lines: Line[], at: number): number {
  if (!lines.slice(at, at + longest).some(({ text }) => /[:：@]/.test(text))) return 0
  let joined = ''
  for (let count = 1; count <= longest; count++) {
    const line = lines[at + count - 1]
    if (!line || line.text.trim() === '' || line.depth !== lines[at]!.depth) return 0
    joined = `${joined} ${line.text.trim()}`.trim()
    if (count === 1 && withQuote.test(joined.slice(0, 400))) return 1
    if (joined.length > 400) return 0
    joined = withoutDashes(joined)
    // What stands above the introduction is a name or an address of whoever answers.
    if (count > 1 && start.test(line.text) && isAttribution(withoutDashes(line.text.trim()))) return 0
    if (isAttribution(joined) || (quoteFollows(lines, at + count) && isLoose(joined))) return count
    if (count === 1 && !begins(joined) && !/^<\S+@/.test(lines[at + 1]?.text ?? '')) return 0
  }
  return 0
}

/** `---- On … wrote ----`: dashes stand for the colon. */
const withoutDashes = (text: string) => text.replace(/^-{2,}\s*(?=[^\s-])/, '').replace(/([^\s-])\s*-{2,}$/, '$1:')

const begins = (text: string) =>
  start.test(text) ||
  /^[^.!?。]{0,80}<?[^\s<>]+@/.test(text) ||
  /^\p{L}{0,10}\.?,?\s?\d{1,4}[-/.年년\s]/u.test(text) ||
  /^\p{L}[^.!?]{2,60}\d{4}/u.test(text)

function isAttribution(text: string): boolean {
  const ends = colon.test(text)
  const hasDate = dated.test(text)
  const hasAddress = addressed.test(text)
  if (verbEnd.test(text))
    return (
      (ends && (hasDate || hasAddress || /^\S.{1,80}$/u.test(text)) && (start.test(text) || hasDate || hasAddress)) ||
      (hasDate && hasAddress)
    )
  if (!ends) return (hasDate && start.test(text) && verbThenAddress.test(text)) || oldGmail.test(text)
  if (verbInside.test(text) && (hasDate || hasAddress))
    return start.test(text) || hasAddress || !/[.!?](?:\s|$)/u.test(text)
  // Gmail's old form and that of some phones: a date, a name and an address, in no language at all.
  return /^(?=\S)[^!?]*\d{4}[^!?]*<\W{0,2}[^\s<>]+@[^\s<>]+>\s*[:：]$/u.test(text)
}

/** Right above a quote less is enough: a date or an address, a name and a verb, or an old Gmail's date, name and address. */
const isLoose = (text: string) =>
  (colon.test(text) && text.length < 300 && (dated.test(text) || addressed.test(text)) && /\d|@/.test(text)) ||
  (/^(?:\p{Lu}\S*(?:\s\S+){1,5}|\p{Lo}\S*(?:\s\S+){0,3}|.{1,60} via .{1,60})[:：]$/u.test(text) &&
    verbEnd.test(text)) ||
  /^\d{4}[-/]\d\d?[-/]\d\d? [^:]{2,80}<[^\s<>]+@[^\s<>]+>$/.test(text)

/** What comes next, after at most a few blank lines, is quoted. */
export function quoteFollows(lines: Line[], from: number): boolean {
  const next = lines.slice(from, from + 4).find((line) => line.text.trim() !== '' || line.depth > 0)
  return next !== undefined && (next.depth > 0 || next.region === 'quote' || next.region === 'attribution')
}

const rule = '[-–—_=*#~>\\s]'
const originalLine = new RegExp(
  `^(?:${rule}{2,}\\s*(?:${original})\\s*:?\\s*${rule}{2,}.*|${rule}{0,40}\\s*(?:${original})\\s*${rule}{2,})$`,
  'iu',
)
const forwardLine = new RegExp(
  `^(?:${rule}{2,}\\s*(?:${forwardedMark})(?:\\s.{0,80})?\\s*:?\\s*${rule}{0,}|(?:${forwardedMark})\\s*[:：]?\\s*${rule}*)$`,
  'iu',
)
const replyAbove =
  /^[-–—#=*\s]*(?:please )?(?:reply|respond|type your reply|write|antworten sie|bitte antworten|répondez|responda|rispondi|请在此(?:行|线)|請在此行|請回覆於此).{0,20}(?:above|oberhalb|über|au-dessus|encima|acima|sopra|以上|之上|上方).{0,40}[-–—#=*\s]*$/iu

const framed = /^(?:[-–—]{2,}|[#=_]{2,})[-–—#=*_\s]{0,40}(?=\p{L})/u
const aboveWord =
  /above|oberhalb|über|au-dessus|ci-dessus|encima|arriba|acima|sopra|boven|ovanför|ovenfor|yläpuolel|powyżej|\bnad\b|над|выше|вище|以上|之上|上方|より上|위에|üstün|fölé|felett|deasupra|πάνω|trên|ด้านบน|فوق|מעל/iu
const lineWord =
  /\bline\b|zeile|ligne|línea|linha|\briga\b|regel|\blinj|\braden?\b|rivin|lini[iaę]|řádk|riadk|строк|рядк|行|线|線|줄|satır|\bsor\b|linie|γραμμή|dòng|บรรทัด|سطر|שורה/iu
const bareOriginal = new RegExp(`^[*_\\s]*(?:${original})[*_\\s]*[:：]?$`, 'iu')
/** "Original message", with no sign around it. */
export const isBareMark = (text: string) => text.length < 60 && bareOriginal.test(bareMark(text))

/** "##- Type your reply above this line -##": what help desks put between the answer and what it answers. */
const isReplyAbove = (text: string) => framed.test(text) && aboveWord.test(text) && lineWord.test(text)

const earlier = /^[*_#\s]*(?:previous replies|vorherige antworten|réponses précédentes|respuestas anteriores)[*_\s]*$/i
/** Forums print what was said before below a rule and these words. */
export const isEarlier = (lines: Line[], at: number) =>
  earlier.test(lines[at]!.text) &&
  /^[-–—_]{3,}$/.test(
    lines
      .slice(Math.max(0, at - 3), at)
      .findLast(({ text }) => text.trim() !== '')
      ?.text.trim() ?? '',
  )

/** GroupWise: `>>> Anna Berg 06.05.2026 15:06 >>>`, with nothing that marks what is below. */
export const isGroupWise = (text: string) =>
  /^>>> .{2,200} \d{1,4}[./-]\d{1,2}[./-]\d{1,4} .{0,20}>>>$/.test(text.trim())

/** Tobit's David says that it did. */
const processed = /^\W{0,20}original message processed by \S/i

export const isOriginalMark = (text: string) =>
  text.length < 200 &&
  ([originalLine, replyAbove, processed].some((mark) => mark.test(bareMark(text))) || isReplyAbove(text.trim()))
export const isForwardMark = (text: string) => text.length < 200 && forwardLine.test(bareMark(text))

/** QQ leaves the blanks of its HTML as they are in the text. */
const bareMark = (text: string) => text.replaceAll('&nbsp;', ' ').trim()
