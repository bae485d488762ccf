import { type Header, headerOf, lineAt, readHeaders } from './header-block.ts'
import type { Limits, Warning } from './mail.ts'
import { type Parameterised, readParameters } from './parameters.ts'

/** A part of a mail. A leaf's `body` is its content as sent, as bytes (latin1), without the line end before the boundary. */
export type Part = {
  headers: Header[]
  type: Parameterised
  disposition: Parameterised
  body: string
  children: Part[]
}

type Open = { part: Part; boundary: string }

/**
 * Splits a mail at its boundaries in one pass, without recursion: what is nested deep costs no stack, what has many parts is
 * cut. A boundary of an outer multipart ends the inner ones that were never closed.
 */
export function readTree(source: string, limits: Limits, warn: (warning: Warning) => void): Part {
  const open: Open[] = []
  const levels = new Map<string, number[]>()
  const boundaryOf = (line: string): { level: number; last: boolean } | null => {
    if (!line.startsWith('--') || open.length === 0) return null
    const text = line.trimEnd()
    const level = levels.get(text.slice(2))?.at(-1)
    if (level !== undefined) return { level, last: false }
    const closed = text.endsWith('--') ? levels.get(text.slice(2, -2).trimEnd())?.at(-1) : undefined
    return closed === undefined ? null : { level: closed, last: true }
  }
  const close = (level: number) => {
    while (open.length > level) {
      const list = levels.get(open.pop()!.boundary)!
      list.pop()
    }
  }

  let parts = 0
  let misses = 0
  let at = 0
  let root: Part | null = null
  while (at <= source.length) {
    const { headers, bodyStart, cut } = readHeaders(source, at, limits.headers, (line) => boundaryOf(line) !== null)
    if (cut) warn('cut: headers')
    const part = newPart(headers, open.at(-1)?.part)
    if (root === null) root = part
    else open.at(-1)!.part.children.push(part)
    parts++

    if (part.type.value.startsWith('multipart/') || (part === root && looksMultipart(part, source, bodyStart))) {
      const boundary = misses < 20 && open.length < limits.depth ? findBoundary(part, source, bodyStart, warn) : null
      if (open.length >= limits.depth) warn('cut: depth')
      if (boundary === null) misses++
      else {
        levels.set(boundary, [...(levels.get(boundary) ?? []), open.length])
        open.push({ part, boundary })
      }
    }

    // The body, or a multipart's preamble; a multipart that ends is followed by text that belongs to nobody.
    const isMultipart = open.at(-1)?.part === part
    let found = nextBoundary(source, bodyStart, boundaryOf)
    if (!isMultipart)
      part.body = source.slice(
        bodyStart,
        found ? Math.max(bodyStart, beforeLineEnd(source, found.start)) : source.length,
      )
    while (found?.last) {
      close(found.level)
      found = open.length > 0 ? nextBoundary(source, found.next, boundaryOf) : null
    }
    if (!found) break
    close(found.level + 1)
    if (parts >= limits.parts) {
      warn('cut: parts')
      break
    }
    at = found.next
    if (at >= source.length) break
  }
  return root ?? newPart([])
}

function newPart(headers: Header[], parent?: Part): Part {
  const type = readParameters(headerOf(headers, 'content-type'))
  if (type.value === '') type.value = parent?.type.value === 'multipart/digest' ? 'message/rfc822' : ''
  return {
    headers,
    type,
    disposition: readParameters(headerOf(headers, 'content-disposition')),
    body: '',
    children: [],
  }
}

type Found = { start: number; next: number; level: number; last: boolean }

function nextBoundary(
  source: string,
  from: number,
  boundaryOf: (line: string) => { level: number; last: boolean } | null,
): Found | null {
  let at = source.startsWith('--', from) ? from : lineStart(source, from)
  while (at >= 0 && at < source.length) {
    const { line, next } = lineAt(source, at)
    const found = boundaryOf(line)
    if (found) return { start: at, next, ...found }
    at = source.startsWith('--', next) ? next : lineStart(source, next)
  }
  return null
}

/** The next line that begins with two dashes: the only lines that can be a boundary. */
function lineStart(source: string, from: number): number {
  const found = source.indexOf('\n--', Math.max(0, from - 1))
  return found < 0 ? -1 : found + 1
}

function beforeLineEnd(source: string, start: number): number {
  if (source[start - 1] !== '\n') return start
  return source[start - 2] === '\r' ? start - 2 : start - 1
}

/** The declared boundary if it occurs; else the first line that is followed by a part's headers; else the part is no multipart. */
function findBoundary(part: Part, source: string, from: number, warn: (warning: Warning) => void): string | null {
  const declared = (part.type.parameters.get('boundary') ?? '').trimEnd()
  if (declared && occurs(source, from, declared)) return declared
  const guessed = /(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r*\n(?:[\w-]+:[^\n]*\n)*Content-[\w-]+:/i.exec(
    source.slice(from, from + 64 * 1024),
  )?.[1]
  warn(guessed ? 'boundary guessed' : 'boundary missing')
  if (!guessed) part.type.value = 'text/plain'
  return guessed ?? null
}

function occurs(source: string, from: number, boundary: string): boolean {
  const marker = `--${boundary}`
  for (let at = source.indexOf(marker, from); at >= 0; at = source.indexOf(marker, at + 1)) {
    if (at === 0 || source[at - 1] === '\n') return true
  }
  return false
}

/** The header that says so was lost on the way. */
function looksMultipart(part: Part, source: string, from: number): boolean {
  if (part.type.value !== '' && part.type.value !== 'text/plain') return false
  const lost =
    /^\s*(?:This is a (?:multi-?part|cryptographically)[^\n]*\n\s*)?--[^\s][^\r\n]*\r*\nContent-(?:Type|Transfer-Encoding|Disposition):/i
  if (!lost.test(source.slice(from, from + 4096))) return false
  part.type.value = 'multipart/mixed'
  return true
}
