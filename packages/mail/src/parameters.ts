import { decodeText } from './charset.ts'
import { decodeHeaderText } from './header-text.ts'

/** `type/subtype; name=value`: the value in lower case, the parameters decoded. */
export type Parameterised = { value: string; parameters: Map<string, string> }

const one = /^\s*([\w!#$%&'*+.^`{|}~-]+?)(\*(\d+))?(\*)?\s*=\s*/

export function readParameters(raw: string | null, hint?: string | null): Parameterised {
  const [first = '', ...rest] = splitParameters(withSemicolon(raw ?? ''))
  const plain = new Map<string, string>()
  const pieces = new Map<string, { text: string; encoded: boolean }[]>()
  for (const part of rest) {
    const match = one.exec(part)
    if (!match) continue
    const name = match[1]!.toLowerCase()
    const value = unquote(part.slice(match[0].length).trim())
    if (match[3] === undefined && !match[4]) {
      if (!plain.has(name)) plain.set(name, decodeHeaderText(value, hint))
      continue
    }
    const list = pieces.get(name) ?? []
    const index = Math.min(Number(match[3] ?? 0), 999)
    list[index] ??= { text: value, encoded: Boolean(match[4]) }
    pieces.set(name, list)
  }
  for (const [name, list] of pieces) plain.set(name, joinPieces(Array.from(list).filter(Boolean), hint))
  return { value: withoutComments(first).trim().toLowerCase(), parameters: plain }
}

/** `text/html charset=utf-8`: the semicolon was left out. */
const withSemicolon = (raw: string) => raw.replace(/^(\s*[\w-]{1,50}\/[\w.+-]{1,100})[ \t]+(?=[A-Za-z])/, '$1; ')

const withoutComments = (text: string) => text.replace(/\([^()]{0,500}\)/g, '').replace(/["\s]+/g, '')

/** RFC 2231: pieces in order, the first naming the charset; pieces that hold encoded words instead are read as such. */
function joinPieces(list: { text: string; encoded: boolean }[], hint?: string | null): string {
  const charset = list[0]?.encoded ? /^([\w.:-]*)'[\w-]*'/.exec(list[0].text) : null
  const bytes = list
    .map(({ text, encoded }, index) => {
      const value = index === 0 && charset ? text.slice(charset[0].length) : text
      return encoded || charset ? unescape(value) : value
    })
    .join('')
  if (!charset && bytes.includes('=?')) return decodeHeaderText(bytes, hint)
  return decodeText(Buffer.from(bytes, 'latin1'), charset?.[1] ?? '', hint).text
}

const unescape = (text: string) =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))

/** Splits at semicolons outside quotes; a quote that is never closed ends with the header. */
function splitParameters(raw: string): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at]
    if (char === '\\' && quoted) at++
    else if (char === '"') quoted = quoted ? !closes(raw, at) : opens(raw, at)
    else if (char === ';' && !quoted) {
      parts.push(raw.slice(start, at))
      start = at + 1
    }
    if (parts.length > 300) return parts
  }
  return [...parts, raw.slice(start)]
}

const opens = (raw: string, at: number) => /[=\s]/.test(raw[at - 1] ?? ' ')
/** A quote within a name (`name="the "last" one.txt"`) is followed by neither the end nor a semicolon. */
const closes = (raw: string, at: number) => /^\s*(?:$|;|[\w-]+\*?=)/.test(raw.slice(at + 1, at + 80))

function unquote(text: string): string {
  const quoted = /^"([\s\S]*?)"?\s*$/.exec(text)
  if (!quoted) return text.replace(/^'(.*)'$/, '$1')
  // Windows paths hold backslashes that escape nothing.
  return /^[A-Za-z]:\\/.test(quoted[1]!) ? quoted[1]! : quoted[1]!.replace(/\\(["\\])/g, '$1')
}
