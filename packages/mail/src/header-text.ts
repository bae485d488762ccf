import { decodeText } from './charset.ts'
import { decodeBase64 } from './transfer-encoding.ts'

const encodedWord = /=\?([\w.:*$-]{0,60})\?([BbQq])\?([^\r\n]{0,4000}?)\?=/g

type Word = { charset: string; encoding: string; text: string }

/** A header's value, given as bytes (latin1): encoded words (RFC 2047), raw UTF-8 (RFC 6532), or bytes in whatever charset. */
export function decodeHeaderText(value: string, hint?: string | null): string {
  let out = ''
  let at = 0
  let words: Word[] = []
  const flush = () => {
    out += decodeWords(words, hint)
    words = []
  }
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(at, match.index)
    // Blanks between two encoded words are no part of the text.
    if (words.length === 0 || between.trim() !== '') {
      flush()
      out += decodeRaw(between, hint)
    }
    words.push({ charset: match[1]!.toLowerCase(), encoding: match[2]!.toUpperCase(), text: match[3]! })
    at = match.index + match[0].length
  }
  flush()
  return withoutControls(out + decodeRaw(value.slice(at), hint))
}

const withoutControls = (text: string) =>
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]/g, '').replace(/[\r\n\t]+/g, ' ')

/** Characters are often cut in two between words, so words of one charset are joined as bytes before they are read. */
function decodeWords(words: Word[], hint?: string | null): string {
  let out = ''
  for (let at = 0; at < words.length;) {
    let end = at + 1
    while (end < words.length && words[end]!.charset === words[at]!.charset) end++
    out += decodeText(bytesOf(words.slice(at, end)), words[at]!.charset, hint).text
    at = end
  }
  return out
}

function bytesOf(words: Word[]): Buffer {
  const pieces: Buffer[] = []
  let open = ''
  for (const { encoding, text } of words) {
    if (encoding === 'B') {
      open += text.replace(/\s+/g, '')
      // Not a whole number of bytes and no padding: the next word goes on within the same group of four.
      if (open.length % 4 !== 0 && !open.endsWith('=')) continue
      pieces.push(decodeBase64(open).content)
      open = ''
    } else {
      pieces.push(decodeBase64(open).content, decodeQ(text))
      open = ''
    }
  }
  return Buffer.concat([...pieces, decodeBase64(open).content])
}

const decodeQ = (text: string) =>
  Buffer.from(
    text
      .replaceAll('_', ' ')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
    'latin1',
  )

const decodeRaw = (text: string, hint?: string | null) =>
  /^[\x00-\x7f]*$/.test(text) && !text.includes('\x1b') ? text : decodeText(Buffer.from(text, 'latin1'), '', hint).text
