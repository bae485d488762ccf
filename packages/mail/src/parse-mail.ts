import { autoKind } from './auto-kind.ts'
import { bounceOf } from './bounce.ts'
import { readAddresses } from './addresses.ts'
import { collectContent } from './collect-content.ts'
import { readDate } from './date.ts'
import { type Header, headerOf, textOf } from './header-block.ts'
import { type Address, defaultLimits, type Limits, type Mail, type Warning } from './mail.ts'
import { type Part, readTree } from './mime-tree.ts'
import { splitMail } from './split-quoted.ts'

/** Reads a mail as it came over the wire. Never throws: what cannot be read is left out and named in `warnings`. */
export function parseMail(raw: Uint8Array, given: Partial<Limits> = {}): Mail {
  const limits = { ...defaultLimits, ...given }
  const warnings = new Set<Warning>()
  const warn = (warning: Warning) => warnings.add(warning)
  if (raw.length > limits.bytes) warn('cut: size')

  const root = readTree(asLines(raw.subarray(0, limits.bytes)), limits, warn)
  const { headers } = root
  const hint = firstCharset(root)
  const content = collectContent(root, hint, limits, warn)
  const subject = textOf(headers, 'subject', hint).replace(/\s+/g, ' ')
  const from = senderOf(headers, hint)
  const split = splitMail(content.isFromHtml ? '' : content.text, content.html, { subject, sender: from?.address })
  return {
    subject,
    from,
    replyTo: readAddresses(headerOf(headers, 'reply-to'), hint),
    to: addressesOf(headers, 'to', hint),
    cc: addressesOf(headers, 'cc', hint),
    messageId: idsIn(headerOf(headers, 'message-id'))[0] ?? null,
    inReplyTo: idsIn(headerOf(headers, 'in-reply-to'))[0] ?? null,
    references: idsIn(headerOf(headers, 'references')),
    date: readDate(headerOf(headers, 'date')),
    text: content.text,
    html: content.html,
    keptText: split.kept,
    quotedText: split.quoted,
    signature: split.signature,
    forwarded: split.forwarded,
    attachments: content.attachments,
    calendar: content.calendar,
    auto: autoKind(headers, subject),
    bounce: bounceOf(root, { subject, from, text: content.text }),
    warnings: [...warnings],
  }
}

/** The mail as a string of bytes. Line ends of old Macs become LF; attachments are read from it byte by byte otherwise. */
function asLines(raw: Uint8Array): string {
  const source = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  const lines = source.includes('\n') || !source.includes('\r') ? source : source.replaceAll('\r', '\n')
  return lines.replace(
    /^[\s\0]*\n(?=[!-9;-~]+[ \t]*:|From )|^[ \t]+(?=(?:Received|Return-Path|From|To|Subject|Date|X-[\w-]+):)/,
    '',
  )
}

function firstCharset(part: Part): string | null {
  const charset = part.type.parameters.get('charset')
  if (charset && !/^(us-)?ascii$/i.test(charset)) return charset
  for (const child of part.children) {
    const found = firstCharset(child)
    if (found) return found
  }
  return null
}

const addressesOf = (headers: Header[], name: string, hint: string | null) =>
  headers.filter((header) => header.name === name).flatMap((header) => readAddresses(header.value, hint))

/** A mail without a usable From may still say who sent it. */
function senderOf(headers: Header[], hint: string | null): Address | null {
  const fields = ['from', 'reply-to', 'return-path', 'sender', 'x-sender', 'envelope-from', 'x-envelope-from']
  const found = fields.flatMap((name) => addressesOf(headers, name, hint).slice(0, 20))
  const named = addressesOf(headers, 'from', hint)[0]
  const usable = found.find(({ address }) => address !== '')
  if (!usable) return named ?? null
  return usable.name || !named ? usable : { name: named.name, address: usable.address }
}

function idsIn(value: string | null): string[] {
  if (value === null) return []
  const ids = (value.slice(0, 100_000).match(/<[^<>\s]{1,998}>/g) ?? []).slice(0, 500)
  const bare = value.trim()
  return ids.length > 0 ? ids : bare !== '' && !/\s/.test(bare) ? [`<${bare.replace(/[<>]/g, '').slice(0, 998)}>`] : []
}
