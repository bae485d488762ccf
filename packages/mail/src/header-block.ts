import { decodeHeaderText } from './header-text.ts'

/** One header; `value` is unfolded and still bytes (latin1). */
export type Header = { name: string; value: string }

export type HeaderBlock = { headers: Header[]; bodyStart: number; cut: boolean }

const headerLine = /^([!-9;-~]{1,200})[ \t]*:/

/** Reads headers from `at` to the blank line, a boundary (`isBoundary`), or what can be no header. Never beyond `limit` bytes. */
export function readHeaders(
  source: string,
  at: number,
  limit: number,
  isBoundary: (line: string) => boolean,
): HeaderBlock {
  const lines: string[] = []
  const start = at
  let cut = false
  while (at < source.length) {
    const { line, next } = lineAt(source, at)
    if (line === '') return block(lines, next, cut)
    if (isBoundary(line)) return block(lines, at, cut)
    const first = at === start
    if (/^[ \t]/.test(line)) {
      if (line.trim() === '' && !goesOn(source, next)) return block(lines, next, cut)
      if (lines.length > 0 && at - start < limit) lines[lines.length - 1] += ` ${line.trim()}`
      else if (lines.length === 0) return block(lines, at, cut)
    } else if (headerLine.test(line)) {
      if (at - start < limit) lines.push(line)
    } else if (!(first && /^>?From /.test(line)) && !goesOn(source, next)) {
      // The blank line is missing, or there are no headers at all.
      return block(lines, at, cut)
    }
    cut ||= at - start >= limit
    at = next
  }
  return block(lines, source.length, cut)
}

/** Folded lines are joined by one blank, the way every mailer shows them. Quadratic appends are cut by the limit. */
function block(lines: string[], bodyStart: number, cut: boolean): HeaderBlock {
  const headers = lines.map((line) => {
    const colon = line.indexOf(':')
    return {
      name: line.slice(0, colon).trim().toLowerCase(),
      value: line
        .slice(colon + 1)
        .trim()
        .slice(0, 64 * 1024),
    }
  })
  return { headers, bodyStart, cut }
}

const oddLines = 3
const known =
  /^(Received|From|To|Cc|Subject|Date|Message-ID|MIME-Version|Content-[\w-]+|X-[\w-]+|Return-Path|Reply-To|References|In-Reply-To|DKIM-Signature)[ \t]*:/i

/** Another header follows: so the odd lines before were rubbish among the headers, not the beginning of the body. */
function goesOn(source: string, at: number): boolean {
  for (let count = 0; count < oddLines; count++) {
    const { line, next } = lineAt(source, at)
    if (known.test(line)) return true
    // Only what is folded belongs to the odd line.
    if (!/^[ \t]+\S/.test(line)) return false
    at = next
  }
  return false
}

/** A line without its end, whichever of CRLF, LF or CR CR LF it is. */
export function lineAt(source: string, at: number): { line: string; next: number } {
  const newline = source.indexOf('\n', at)
  const end = newline < 0 ? source.length : newline
  let stop = end
  while (stop > at && source[stop - 1] === '\r') stop--
  return { line: source.slice(at, stop), next: newline < 0 ? source.length : newline + 1 }
}

export const headerOf = (headers: Header[], name: string): string | null =>
  headers.find((header) => header.name === name && header.value !== '')?.value ?? null

export const textOf = (headers: Header[], name: string, hint?: string | null): string =>
  decodeHeaderText(headerOf(headers, name) ?? '', hint).trim()
