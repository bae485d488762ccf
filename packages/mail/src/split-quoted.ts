import {
  attributionLength,
  isBareMark,
  isEarlier,
  isForwardMark,
  isGroupWise,
  isOriginalMark,
  quoteFollows,
} from './attribution.ts'
import { forwardedOf, type HeaderLines, headerLines, isNotesHead } from './header-lines.ts'
import { htmlLines, joinLines, type Line } from './html-lines.ts'
import type { Forwarded } from './mail.ts'
import { forwardPrefix } from './quote-words.ts'
import { takeSignature } from './signature.ts'
import { withoutTold } from './told-signature.ts'

export type Split = { kept: string; quoted: string; signature: string; forwarded: Forwarded | null }
export type SplitOptions = {
  /** Tells a forward from an answer where the text does not. */
  subject?: string
  html?: boolean
  /** Foxmail signs with the address alone. */
  sender?: string
}

const linesRead = 20_000

/** Tells what somebody wrote from what they quote, sign and pass on. */
export function splitQuoted(source: string, { subject = '', html = false, sender = '' }: SplitOptions = {}): Split {
  return splitLines(html ? htmlLines(source) : textLines(source), subject, sender.toLowerCase())
}

/** A mail in both forms: the text is what people read, the HTML knows better where a quote begins. */
export function splitMail(text: string, html: string | null, options: SplitOptions): Split {
  const fromText = splitQuoted(text, options)
  if (html === null) return fromText
  const fromHtml = splitQuoted(html, { ...options, html: true })
  const isRicher =
    (fromText.quoted === '' && fromText.forwarded === null && fromHtml.quoted !== '') || text.trim() === ''
  if (isRicher && fromHtml.kept !== '') return fromHtml
  const forwarded = fromText.forwarded ?? fromHtml.forwarded
  return forwarded ? { ...fromText, forwarded } : withoutTold(fromText, fromHtml.signature)
}

function textLines(text: string): Line[] {
  const lines = text.split(/\r?\n/)
  return lines.map((line, at): Line => {
    const quote =
      closesAddress(lines[at - 1] ?? '', line) || isGroupWise(line)
        ? ''
        : (/^ ?(?:\p{Lu}{2}(?=>))?(?:[>＞] ?)+/u.exec(line)?.[0] ?? '')
    const depth = quote.replace(/[^>＞]/g, '').length
    return {
      text: (depth > 0 ? line.slice(quote.length) : line).trimEnd().replaceAll('\u00a0', ' '),
      depth,
      region: 'own',
    }
  })
}

/** `… <anna@…` / `> wrote:`: the line was broken before the bracket, which is no sign of a quote there. */
const closesAddress = (before: string, line: string) =>
  /^>[^>]{0,40}[:：]\s*$/.test(line) && /<[^<>\s]{1,200}@[^<>\s]{1,200}$/.test(before.slice(-402))

type Kind = 'own' | 'quote' | 'attribution' | 'cut'
type Marked = { line: Line; kind: Kind }

function splitLines(all: Line[], subject: string, sender: string): Split {
  const lines = all.slice(0, linesRead)
  const { marked, forward } = mark(lines, forwardPrefix.test(subject))
  const rest = all.slice(linesRead).map((line): Marked => ({ line, kind: 'cut' }))
  const answer = forward ? marked : joinWrapped(marked)
  const { own, quoted } = divide([...answer, ...rest])
  const signed = forward
    ? withoutSignatureAbove(own, forward.at)
    : takeSignature(quoted.length > 0 ? withoutAddress(own, sender) : own)
  const kept = clean(signed.own)
  // Nothing but history: then that is what they sent.
  if (kept === '' && all.some((line) => line.text.trim() !== '')) {
    const everything = clean(all)
    return { kept: everything, quoted: '', signature: '', forwarded: forward?.forwarded ?? null }
  }
  return { kept, quoted: clean(quoted), signature: clean(signed.signature), forwarded: forward?.forwarded ?? null }
}

function withoutAddress(lines: Line[], sender: string): Line[] {
  const last = lines.findLastIndex(({ text }) => text.trim() !== '')
  const stands = last > 1 && lines[last - 1]!.text.trim() === ''
  const isSigned = stands && sender !== '' && lines[last]!.text.trim().toLowerCase() === sender
  return isSigned ? lines.map((line, at) => (at === last ? { ...line, region: 'signature' } : line)) : lines
}

type Forward = { at: number; forwarded: Forwarded }

/** One pass from the top: the first thing that introduces history, or a forward, decides about what is below. */
function mark(lines: Line[], forwardSubject: boolean): { marked: Marked[]; forward: Forward | null } {
  const marked: Marked[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const wholeRest = (kind: Kind) => lines.slice(at).map((item) => marked.push({ line: item, kind }))
    if (line.depth === 0 || !marked.some(({ kind, line: { text } }) => kind === 'own' && text.trim() !== '')) {
      const forward = forwardAt(lines, at, forwardSubject)
      // Markup announces what a forward begins with by the same names as a quote.
      if (forward && !marked.some(({ kind, line: { text } }) => kind !== 'own' && text.trim() !== '')) {
        wholeRest('own')
        return { marked, forward: { at, forwarded: forward } }
      }
    }
    if (line.region === 'cut' || (line.depth === 0 && introducesHistory(lines, at))) {
      wholeRest('cut')
      break
    }
    const length = line.depth === 0 ? attributionLength(lines, at) : 0
    if (length > 0) {
      for (let count = 0; count < length; count++) marked.push({ line: lines[at + count]!, kind: 'attribution' })
      at += length - 1
      if (!quoteFollows(lines, at + 1)) {
        for (const item of lines.slice(at + 1)) marked.push({ line: item, kind: 'cut' })
        break
      }
      continue
    }
    const kind =
      line.depth > 0 || line.region === 'quote' ? 'quote' : line.region === 'attribution' ? 'attribution' : 'own'
    marked.push({ line, kind })
  }
  return { marked, forward: null }
}

function introducesHistory(lines: Line[], at: number): boolean {
  const { text } = lines[at]!
  return (
    isOriginalMark(text) ||
    isForwardMark(text) ||
    headerLines(lines, at) !== null ||
    isNotesHead(lines, at) ||
    isGroupWise(text) ||
    isEarlier(lines, at) ||
    (isBareMark(text) && blockBelow(lines, at + 1, 2) !== null)
  )
}

/** A forward is marked as one, or its subject says so and headers follow. */
function forwardAt(lines: Line[], at: number, forwardSubject: boolean): Forwarded | null {
  const line = lines[at]!
  if (isForwardMark(line.text) || line.region === 'forward') return forwardedOf(blockBelow(lines, at + 1))
  if (!forwardSubject) return null
  if (isOriginalMark(line.text) || line.region === 'cut') return forwardedOf(blockBelow(lines, at))
  const block = headerLines(lines, at)
  return block ? forwardedOf(block) : null
}

function blockBelow(lines: Line[], from: number, within = 6): HeaderLines | null {
  for (let at = from; at < Math.min(lines.length, from + within); at++) {
    const block = headerLines(lines, at)
    if (block) return block
  }
  return null
}

/** A quoted line that was too long went on without its sign: `> … long` / `end` / `> …`. */
function joinWrapped(marked: Marked[]): Marked[] {
  return marked.map((item, at) => {
    const before = marked[at - 1]
    if (item.kind !== 'own' || before?.kind !== 'quote' || item.line.text.trim() === '') return item
    const isWrapped =
      marked[at + 1]?.kind === 'quote' ? goesOn(before.line.text, item.line.text) : isTail(marked, at, before.line.text)
    return isWrapped ? { line: item.line, kind: 'quote' as const } : item
  })
}

/** What a line of 70 and more pushed out is short; a small letter goes on, however long the rest of its line is. */
const goesOn = (before: string, text: string) =>
  (before.length >= 55 && text.length < 40 && /[\p{L}\d,;]$/u.test(before)) ||
  (before.length >= 65 && /^\p{Ll}/u.test(text)) ||
  // The end of a link in brackets.
  (/^\S+\)$/.test(text) && !text.includes('(') && /\([^)]*$/.test(before.slice(-500)))

/** The last line of a quote, which nothing follows. */
const isTail = (marked: Marked[], at: number, before: string) =>
  before.length >= 70 &&
  /[\p{L}\d,;]$/u.test(before) &&
  /^\p{Ll}/u.test(marked[at]!.line.text) &&
  marked.slice(at + 1, at + 4).every(({ line: { text } }) => text.trim() === '')

/**
 * Answers between quotes make sense only with what they answer: those quotes are kept, the ones after the last answer are not.
 * One quote above one answer (bottom posting) is history like one below it, with or without a greeting above, if it is
 * introduced as one; a line that is cited without is part of what somebody wrote.
 */
function divide(marked: Marked[]): { own: Line[]; quoted: Line[] } {
  const runs: { kind: 'own' | 'quoted'; items: Marked[] }[] = []
  for (const item of marked) {
    const blank = item.kind === 'own' && item.line.text.trim() === '' && item.line.region !== 'signature'
    const kind = item.kind === 'own' && !blank ? 'own' : blank ? (runs.at(-1)?.kind ?? 'own') : 'quoted'
    const run = runs.at(-1)
    if (run?.kind === kind) run.items.push(item)
    else runs.push({ kind, items: [item] })
  }
  const hasText = (run: (typeof runs)[number]) =>
    run.kind === 'own' && takeSignature(run.items.map(({ line }) => line)).own.some(({ text }) => text.trim() !== '')
  const lastOwn = runs.findLastIndex(hasText)
  const answered = runs.filter(
    (run, index) => run.kind === 'quoted' && index < lastOwn && run.items.some(({ kind }) => kind === 'quote'),
  )
  const firstOwn = runs.findIndex(hasText)
  const introduced = answered[0]?.items.some(({ kind }) => kind === 'attribution')
  const interleaved = answered.length > 1 || (answered.length === 1 && firstOwn < lastOwn && !introduced)
  const own: Line[] = []
  const quoted: Line[] = []
  for (const [index, run] of runs.entries()) {
    for (const { line, kind } of run.items) {
      const keep =
        run.kind === 'own'
          ? index <= lastOwn || lastOwn < 0
          : interleaved && index < lastOwn && (kind === 'quote' || kind === 'own')
      if (keep) own.push(line)
      else if (run.kind === 'own') own.push(line)
      else quoted.push(line)
    }
  }
  return { own, quoted }
}

function withoutSignatureAbove(lines: Line[], at: number): { own: Line[]; signature: Line[] } {
  const above = takeSignature(lines.slice(0, at))
  return { own: [...above.own, ...lines.slice(at)], signature: above.signature }
}

/** Rules that stood between the parts are no text. */
function clean(lines: Line[]): string {
  let start = 0
  let end = lines.length
  while (start < end && isEmpty(lines[start]!, /^[-_=\s]*$/)) start++
  while (end > start && isEmpty(lines[end - 1]!, /^[-_=*~\s]*$/)) end--
  return joinLines(lines.slice(start, end))
}

const isEmpty = ({ text, depth }: Line, rule: RegExp) =>
  text.trim() === '' || (depth === 0 && text.trim().length >= 3 && rule.test(text))
