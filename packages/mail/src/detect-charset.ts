/** Bytes without a charset: which of the charsets that mail is written in do they read best in? */
const candidates = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1251', 'koi8-r', 'windows-1252']
const strict = new Map(candidates.map((label) => [label, new TextDecoder(label, { fatal: true })]))
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const sampled = 16 * 1024

export const isAscii = (bytes: Uint8Array) => bytes.every((byte) => byte < 0x80)

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** `hint` is what the rest of the mail is written in; it wins if the bytes are valid in it. */
export function detectCharset(bytes: Uint8Array, hint?: string | null): string {
  if (isUtf8(bytes))
    return /\x1b[$(]/.test(Buffer.from(bytes.subarray(0, sampled)).toString('latin1')) ? 'iso-2022-jp' : 'utf-8'
  if (hint && !/^utf-?8$|ascii/i.test(hint) && readsIn(bytes, hint)) return hint
  // An even end, so that a double byte is not cut in two.
  const sample = bytes.subarray(0, sampled)
  let best = { label: 'windows-1252', score: 0 }
  for (const label of candidates) {
    const score = scoreOf(sample, label)
    if (score > best.score) best = { label, score }
  }
  return best.label
}

function readsIn(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function scoreOf(bytes: Uint8Array, label: string): number {
  let text: string
  try {
    text = strict.get(label)!.decode(bytes)
  } catch {
    if (bytes.length < sampled) return -1
    try {
      text = strict.get(label)!.decode(bytes.subarray(0, bytes.length - 1))
    } catch {
      return -1
    }
  }
  const letters = text.replace(/[\x00-\x7f]/g, '')
  if (letters.length === 0) return 0
  return plausible(letters, text, bytes, label) / letters.length
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** The share of characters that people write in the language of the charset; rare ones count against it. */
function plausible(letters: string, text: string, bytes: Uint8Array, label: string): number {
  const punctuation = count(letters, /[\u3000-\u3011\uff01-\uff5e\u2014\u2018-\u201d\u2026\u00b7]/g)
  switch (label) {
    case 'gb18030':
      // Level 1 of GB 2312, ordered by sound, holds the 3,755 characters of everyday use.
      return (
        pairs(bytes, (lead, trail) => lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) + punctuation - 0.5 * rare(letters)
      )
    case 'big5':
      return pairs(bytes, (lead) => lead >= 0xa4 && lead <= 0xc6) * 0.97 + punctuation - 0.5 * rare(letters)
    case 'shift_jis':
      return (
        1.1 * count(letters, /[\u3040-\u30ff]/g) +
        0.8 * count(letters, /[\u4e00-\u9fff]/g) +
        punctuation -
        count(letters, /[\uff61-\uff9f]/g)
      )
    case 'euc-jp':
      return 1.1 * count(letters, /[\u3040-\u30ff]/g) + 0.7 * count(letters, /[\u4e00-\u9fff]/g) + punctuation
    case 'euc-kr':
      return (
        0.99 * pairs(bytes, (lead, trail) => lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1) +
        punctuation -
        count(letters, /[\u4e00-\u9fff]/g)
      )
    case 'windows-1251':
    case 'koi8-r':
      return cyrillic(text)
    default:
      return western(text)
  }
}

const rare = (letters: string) => count(letters, /[\ue000-\uf8ff\u3400-\u4dbf\u2500-\u257f]/g)

function pairs(bytes: Uint8Array, common: (lead: number, trail: number) => boolean): number {
  let found = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue
    if (common(bytes[at]!, bytes[at + 1] ?? 0)) found++
    at++
  }
  return found
}

/** Words begin with a capital or have none: in the wrong one of the two charsets it is the other way round. */
function cyrillic(text: string): number {
  const lower = count(text, /[\u0430-\u044f\u0451]/g)
  const odd = count(text, /[\u0430-\u044f][\u0410-\u042f]/g) * 2
  const words = count(text, /[\u0400-\u04ff]{3,}/g)
  const capitals = count(text, /[\u0410-\u042f\u0401]/g)
  return words === 0 ? 0 : lower + capitals * (capitals > lower ? 0.7 : 1) - odd + count(text, /[«»№–—]/g)
}

/** Letters with accents stand among plain ones. */
function western(text: string): number {
  const among = count(text, /(?<=[A-Za-z]|^|[\s"'(])[\u00c0-\u00ff](?=[A-Za-z]|$|[\s.,;:!?"')-])/g)
  return 0.95 * among + 0.9 * count(text, /[€‚„…†‰‹‘’“”•–—™›¡¿«»°§£©®]/g) + 0.01
}
