/** All functions read a part's body as a string of bytes (latin1) and give its content. */
export function decodeTransfer(body: string, encoding: string): { content: Buffer; broken: boolean } {
  const name = encoding
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^a-z0-9]/g, '')
  if (name.includes('base64') || name === 'b' || name === 'b64') return decodeBase64(body)
  if (name.includes('quotedprintable') || name === 'qp') return { content: decodeQuotedPrintable(body), broken: false }
  if (/^(x)?(uu|uue|uuencode|uuencoded)$/.test(name)) {
    const found = findUuencoded(body)[0]
    return found ? { content: found.content, broken: false } : { content: Buffer.from(body, 'latin1'), broken: true }
  }
  return { content: Buffer.from(body, 'latin1'), broken: false }
}

const mostPieces = 200_000

export function decodeBase64(body: string): { content: Buffer; broken: boolean } {
  const pieces: Buffer[] = []
  let broken = false
  let at = 0
  while (at < body.length && pieces.length < mostPieces) {
    // Padding ends a piece; mailers that encode piece by piece pad each. What follows and is no Base64 is a list's footer.
    const padding = body.indexOf('=', at)
    const end = padding < 0 ? body.length : padding
    const piece = body.slice(at, end)
    if (at > 0 && /[^A-Za-z0-9+/\s]/.test(piece.slice(0, 200))) {
      broken ||= piece.trim().length > 0
      break
    }
    const clean = piece.replace(/[^A-Za-z0-9+/]+/g, '')
    if (clean.length % 4 === 1 || /[^A-Za-z0-9+/\s]/.test(piece)) broken = true
    if (clean.length > 0) pieces.push(Buffer.from(clean, 'base64'))
    at = end + 1
    while (body[at] === '=') at++
  }
  broken ||= at < body.length && pieces.length >= mostPieces
  return { content: pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces), broken }
}

const hex = (code: number) =>
  code >= 48 && code <= 57
    ? code - 48
    : code >= 65 && code <= 70
      ? code - 55
      : code >= 97 && code <= 102
        ? code - 87
        : -1

export function decodeQuotedPrintable(body: string): Buffer {
  const out = Buffer.allocUnsafe(body.length)
  let length = 0
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at)
    if (code === 61) {
      const end = endOfSpaces(body, at + 1)
      if (end >= body.length) break
      if (body[end] === '\n' || body[end] === '\r') {
        at = body[end] === '\r' && body[end + 1] === '\n' ? end + 1 : end
        continue
      }
      const high = hex(body.charCodeAt(at + 1))
      const low = hex(body.charCodeAt(at + 2))
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low
        at += 2
        continue
      }
    } else if (code === 32 || code === 9) {
      // Blanks at a line's end were added on the way (RFC 2045 §6.7).
      const end = endOfSpaces(body, at)
      if (end >= body.length || body[end] === '\n' || body[end] === '\r') {
        at = end - 1
        continue
      }
      for (; at < end - 1; at++) out[length++] = body.charCodeAt(at)
      out[length++] = body.charCodeAt(at)
      continue
    }
    out[length++] = code
  }
  return out.subarray(0, length)
}

function endOfSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

export type Uuencoded = { filename: string; content: Buffer; start: number; end: number }

/** Files within a text, each between `begin 644 name` and `end`. */
export function findUuencoded(text: string): Uuencoded[] {
  const found: Uuencoded[] = []
  const begin = /^begin(?:-base64)? [0-7]{3,4} (.+?)\r*$/gm
  for (let match = begin.exec(text); match && found.length < 100; match = begin.exec(text)) {
    const file = readUuencoded(text, match.index + match[0].length)
    if (!file) continue
    found.push({ filename: match[1]!.trim(), content: file.content, start: match.index, end: file.end })
    begin.lastIndex = file.end
  }
  return found
}

function readUuencoded(text: string, from: number): { content: Buffer; end: number } | null {
  const bytes: Buffer[] = []
  let at = text.indexOf('\n', from) + 1
  while (at > 0 && at < text.length) {
    const newline = text.indexOf('\n', at)
    const line = text.slice(at, newline < 0 ? text.length : newline).replace(/\r+$/, '')
    at = newline < 0 ? text.length : newline + 1
    if (line === 'end') return { content: Buffer.concat(bytes), end: at }
    const size = (line.charCodeAt(0) - 32) & 63
    if (line === '' || size === 0) continue
    if (line.length > 100 || /[^\x20-\x60]/.test(line) || Math.ceil(size / 3) * 4 > line.length + 4) return null
    bytes.push(uuLine(line, size))
  }
  return null
}

function uuLine(line: string, size: number): Buffer {
  const out = Buffer.alloc(Math.ceil(size / 3) * 3)
  const six = (at: number) => (Number.isNaN(line.charCodeAt(at)) ? 0 : (line.charCodeAt(at) - 32) & 63)
  for (let at = 1, to = 0; to < size; at += 4, to += 3) {
    out[to] = ((six(at) << 2) | (six(at + 1) >> 4)) & 255
    out[to + 1] = ((six(at + 1) << 4) | (six(at + 2) >> 2)) & 255
    out[to + 2] = ((six(at + 2) << 6) | six(at + 3)) & 255
  }
  return out.subarray(0, size)
}
