import { createHash } from 'node:crypto'
import { isPlaceholder, normaliseText, partText } from './body-text.ts'
import { readCalendar } from './calendar.ts'
import { decodeText } from './charset.ts'
import { declaredName, cleanName, fileName } from './filename.ts'
import { headerOf } from './header-block.ts'
import { htmlToText } from './html-lines.ts'
import type { Attachment, Calendar, Limits, Warning } from './mail.ts'
import { type Part, readTree } from './mime-tree.ts'
import { openSigned } from './smime.ts'
import { readTnef, type Tnef } from './tnef.ts'
import { decodeTransfer, findUuencoded } from './transfer-encoding.ts'

/** The same text in up to two forms. */
type Body = { text: string | null; html: string | null }
export type Content = {
  text: string
  /** No text was sent: it was made from the HTML, which says more of what is quoted and signed. */
  isFromHtml: boolean
  html: string | null
  attachments: Attachment[]
  calendar: Calendar | null
}

type Collecting = {
  bodies: Body[]
  attachments: Attachment[]
  calendar: Calendar | null
  hint: string | null
  limits: Limits
  /** How many opaque signatures were opened. */
  opened: number
  warn: (warning: Warning) => void
}

const mostOpened = 5
const deepestTnef = 5

/** Tells the parts of a mail apart: what is read and what is attached. */
export function collectContent(
  root: Part,
  hint: string | null,
  limits: Limits,
  warn: (warning: Warning) => void,
): Content {
  const state: Collecting = { bodies: [], attachments: [], calendar: null, hint, limits, opened: 0, warn }
  collect(root, null, state, true)
  const { bodies, attachments, calendar } = state
  const html = bodies.some((body) => body.html !== null)
    ? bodies.map((body) => body.html ?? textAsHtml(body.text ?? '')).join('\n')
    : null
  const text = bodies.map((body) => (isText(body) ? body.text : htmlToText(body.html ?? ''))).join('\n')
  const isFromHtml = html !== null && !bodies.some(isText)
  return { text, isFromHtml, html, attachments, calendar }
}

const isText = (body: Body): body is Body & { text: string } =>
  body.text !== null && body.text.trim() !== '' && !(body.html !== null && isPlaceholder(body.text))

const textAsHtml = (text: string) =>
  `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre>`

/** Depth is bounded by `limits.depth`. */
function collect(part: Part, alternative: Body | null, state: Collecting, isRoot = false): void {
  if (part.children.length > 0) {
    const own: Body | null =
      part.type.value === 'multipart/alternative' ? (alternative ?? { text: null, html: null }) : alternative
    if (own && own !== alternative) state.bodies.push(own)
    for (const child of part.children) collect(child, own, state)
    return
  }
  const mime = mimeOf(part)
  if (mime.startsWith('multipart/') && part.body === '') return
  const { content, broken } = decodeTransfer(part.body, headerOf(part.headers, 'content-transfer-encoding') ?? '')
  if (broken) state.warn('transfer encoding broken')
  if (/^application\/(?:(?:x-)?pkcs7-mime|octet-stream)$/.test(mime)) openPart(content, alternative, state)
  if (isBody(part, mime, alternative, state)) {
    addBody(part, mime, content, alternative, state)
    // A first part with a name may be what was written or a file: it is shown as the one and kept as the other.
    if (!isRoot && alternative === null && declaredName(part, state.hint) !== '') addFile(part, mime, content, state)
  } else if (!(alternative && /^text\/(x-amp-html|watch-html)$/.test(mime))) addFile(part, mime, content, state)
}

const partStart = /^\s*(?:[\w-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n){0,20}){0,20}?Content-[\w-]{1,60}:/i

/** What is signed as a whole is read like any other part; the file that it came in is kept. A signed document is none. */
function openPart(content: Buffer, alternative: Body | null, state: Collecting): void {
  const source = state.opened < mostOpened ? openSigned(content) : null
  if (source === null || !partStart.test(source.slice(0, 4096))) return
  state.opened++
  collect(readTree(source, state.limits, state.warn), alternative, state)
}

/** What has no type and begins as a page is one. */
function mimeOf({ type, body }: Part): string {
  if (type.value === 'html') return 'text/html'
  if (type.value !== '') return type.value
  return /^\s*<(?:!doctype html|html)\b/i.test(body.slice(0, 200)) ? 'text/html' : 'text/plain'
}

function isBody(part: Part, mime: string, alternative: Body | null, { bodies, hint }: Collecting): boolean {
  if (!/^text(\/(plain|html|enriched|markdown|x-markdown))?$/.test(mime)) return false
  const named = declaredName(part, hint) !== ''
  // A second text beside the first, with a name of its own.
  if (alternative && named && alternative[mime === 'text/html' ? 'html' : 'text'] !== null) return false
  const first = bodies.every((body) => body.text === null && body.html === null)
  if (part.disposition.value === 'attachment') return first && !named && part.body.trim() !== ''
  // Some mailers name even what they wrote; a file that is shown inline has a name, too.
  return !named || alternative !== null || (first && part.disposition.value === '')
}

function addBody(part: Part, mime: string, content: Buffer, alternative: Body | null, state: Collecting): void {
  const isHtml = mime === 'text/html'
  const files = isHtml || !part.body.includes('begin') ? [] : findUuencoded(content.toString('latin1'))
  let rest = content
  for (const file of files.toReversed()) rest = Buffer.concat([rest.subarray(0, file.start), rest.subarray(file.end)])
  const { text, guessed } = partText(part, rest, isHtml, state.hint)
  if (guessed) state.warn('charset guessed')
  if (text.length > state.limits.text) state.warn('cut: text')
  const cut = text.slice(0, state.limits.text)
  const form = isHtml ? 'html' : 'text'
  if (alternative && alternative[form] === null) alternative[form] = cut
  else if (alternative) alternative[form] += `\n${cut}`
  else if (cut.trim() !== '' || state.bodies.length === 0)
    state.bodies.push({ text: isHtml ? null : cut, html: isHtml ? cut : null })
  for (const file of files) {
    attach(
      state,
      cleanName(decodeText(Buffer.from(file.filename, 'latin1'), '', state.hint).text) || 'file.bin',
      'application/octet-stream',
      file.content,
      null,
    )
  }
}

function addFile(part: Part, mime: string, content: Buffer, state: Collecting): void {
  const name = fileName(
    part,
    mime,
    part.body === '' ? '' : content.subarray(0, 64 * 1024).toString('latin1'),
    state.hint,
  )
  if (mime === 'application/ms-tnef' || mime === 'application/vnd.ms-tnef' || /^winmail\.dat$/i.test(name)) {
    if (unpack(content, state)) return
  }
  if (mime === 'text/calendar' || mime === 'application/ics') {
    const { text } = partText(part, content, false, state.hint)
    state.calendar ??= readCalendar(text, part.type.parameters.get('method') ?? null)
  }
  const cid = (headerOf(part.headers, 'content-id') ?? '')
    .trim()
    .replace(/^<+|>+$/g, '')
    .trim()
  attach(state, name, mime, content, cid || null)
}

function unpack(content: Buffer, state: Collecting): boolean {
  const tnef = readTnef(content)
  if (!tnef || (tnef.files.length === 0 && !tnef.text && !tnef.html)) return false
  attachTnef(tnef, state, 0)
  const empty = state.bodies.every((body) => !body.text?.trim() && !body.html)
  if (empty && (tnef.text || tnef.html))
    state.bodies.push({ text: normaliseText(tnef.text) || null, html: tnef.html || null })
  return true
}

/** Files of Outlook's envelope; those of a message within it, too, whose words become a file of its name. */
function attachTnef({ files }: Tnef, state: Collecting, depth: number): void {
  for (const file of files) {
    const name = cleanName(
      /[\x80-\xff]/.test(file.filename) && !/[^\x00-\xff]/.test(file.filename)
        ? decodeText(Buffer.from(file.filename, 'latin1'), '', state.hint).text
        : file.filename,
    )
    const inner = depth < deepestTnef ? readTnef(file.content) : null
    if (!inner) attach(state, name || 'file.bin', file.mime, file.content, file.cid)
    else {
      const [text, form] = inner.html ? [inner.html, 'html'] : [inner.text, 'plain']
      const title = `${name || 'message'}.${form === 'html' ? 'html' : 'txt'}`
      if (text) attach(state, title, `text/${form}`, Buffer.from(text, 'utf8'), null)
      attachTnef(inner, state, depth + 1)
    }
  }
}

function attach(state: Collecting, filename: string, mime: string, content: Buffer, cid: string | null): void {
  const sha256 = createHash('sha256').update(content).digest('hex')
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : 'application/octet-stream'
  state.attachments.push({ filename, mime: type, bytes: content.length, sha256, cid, content })
}
