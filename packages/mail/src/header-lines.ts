import { readAddresses } from './addresses.ts'
import type { Line } from './html-lines.ts'
import type { Forwarded } from './mail.ts'
import { type Label, labels } from './quote-words.ts'

const kinds: Label[] = ['from', 'date', 'to', 'subject', 'cc']
const patterns = kinds.map((kind) => ({
  kind,
  pattern: new RegExp(`^[|\\s*_>]*(?:${labels[kind]})[\\s*_]*(?:[:：]|\\|)\\s*[*_|]*\\s*`, 'iu'),
}))
const within = new RegExp(`(?:^|\\s)[*_]*(${Object.values(labels).join('|')})[*_]*\\s*[:：]`, 'giu')

type Found = { kind: Label; value: string }
export type HeaderLines = { length: number; found: Found[] }

/**
 * A block of headers printed into the text: one that names the sender and at least one more, or three in any order. Values may
 * go on in the next line. Words like "To:" or "Date:" also stand alone in what people write, so one is never enough.
 */
export function headerLines(lines: Line[], at: number): HeaderLines | null {
  const first = lines[at]!
  const head = labelled(first.text)
  if (!head || head.kind === 'cc') return null
  const found: Found[] = [head]
  let length = 1
  let strangers = 0
  for (let next = at + 1; next < Math.min(lines.length, at + 14); next++) {
    const line = lines[next]!
    if (line.depth !== first.depth) break
    const other = labelled(line.text)
    if (other) {
      found.push(other)
      length = next - at + 1
      strangers = 0
    } else if (line.text.trim() !== '' && (++strangers > 2 || found.at(-1)!.kind === 'subject')) break
    else if (line.text.trim() === '' && lines[next + 1] && !labelled(lines[next + 1]!.text)) break
  }
  const all = found.length === 1 ? oneLine(first.text) : found
  return isBlock(all) ? { length, found: all } : null
}

const day = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4},? \d{1,2}[:.]\d\d/
const bareTo = new RegExp(`^(?:${labels.to})$`, 'iu')
const bareSubject = new RegExp(`^(?:${labels.subject})$`, 'iu')

/** Lotus Notes: a name, a date, then `To` and `Subject` each alone in its line above what it names. */
export function isNotesHead(lines: Line[], at: number): boolean {
  if (!day.test(lines[at + 1]?.text ?? '')) return false
  const texts = lines.slice(at + 2, at + 14).map(({ text }) => text.trim())
  const to = texts.findIndex((text) => bareTo.test(text))
  return to >= 0 && to <= 2 && texts.some((text, index) => index > to && bareSubject.test(text))
}

function labelled(text: string): Found | null {
  if (text.length > 1000) return null
  for (const { kind, pattern } of patterns) {
    const match = pattern.exec(text)
    if (match)
      return {
        kind,
        value: text
          .slice(match[0].length)
          .replace(/[*_|\s]+$/, '')
          .trim(),
      }
  }
  return null
}

function isBlock(found: Found[]): boolean {
  const seen = new Set(found.map(({ kind }) => kind))
  seen.delete('cc')
  // Somebody who sent a copy to themselves has no need to say who.
  if (!seen.has('from')) return seen.has('date') && found.length > 1 && found[0]!.kind === 'date' && isSent(found)
  const sender = found.find(({ kind }) => kind === 'from')!.value
  if (seen.size >= 3) return true
  return (
    seen.size === 2 &&
    (seen.has('date') || seen.has('subject') || seen.has('to')) &&
    (sender.includes('@') || found.some(({ kind, value }) => kind === 'date' && /\d/.test(value)))
  )
}

const isSent = (found: Found[]) =>
  found.some(({ kind, value }) => kind === 'date' && /\d:\d\d/.test(value)) &&
  found.some(({ kind, value }) => kind === 'to' && value.includes('@'))

/** `From: A Sent: B To: C Subject: D`, all in one line. */
function oneLine(text: string): Found[] {
  const found: Found[] = []
  const marks = [...text.slice(0, 1000).matchAll(within)]
  for (const [index, mark] of marks.entries()) {
    const piece = text.slice(mark.index, marks[index + 1]?.index).trim()
    const item = labelled(piece)
    if (item) found.push(item)
  }
  return found.length >= 3 ? found : []
}

export function forwardedOf(block: HeaderLines | null): Forwarded {
  const value = (kind: Label) => block?.found.find((item) => item.kind === kind)?.value || null
  const from = value('from')
  const bytes =
    from === null ? null : Buffer.from(from.replace(/\[mailto:([^\]]+)\]/i, '<$1>'), 'utf8').toString('latin1')
  return { from: readAddresses(bytes)[0] ?? null, subject: value('subject'), date: value('date') }
}
