/**
 * How operators count texts (3GPP TS 23.038): 7-bit characters of the GSM alphabet, or UTF-16 units as soon as one
 * character is not in it. Parts of a longer text lose seven characters (or three units) to the header that joins them.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension = '^{}\\[~]|€\f'
const septets = new Map([
  ...Array.from(basic, (character) => [character, 1] as const),
  ...Array.from(extension, (character) => [character, 2] as const),
])

export type Encoding = 'gsm-7' | 'ucs-2'
export interface Segments {
  encoding: Encoding
  /** Text of each segment, in order. */
  parts: readonly string[]
}

/** How much one holds alone, and how much each of several does. */
export const segmentSizes = { 'gsm-7': { single: 160, joined: 153 }, 'ucs-2': { single: 70, joined: 67 } } as const

/** `wide`: in UCS-2 even where the GSM alphabet would do. */
export function segmentsOf(text: string, wide = false): Segments {
  const characters = Array.from(text)
  const encoding = !wide && characters.every((character) => septets.has(character)) ? 'gsm-7' : 'ucs-2'
  const cost = (character: string): number => (encoding === 'gsm-7' ? (septets.get(character) ?? 0) : character.length)
  const total = characters.reduce((sum, character) => sum + cost(character), 0)
  const { single, joined } = segmentSizes[encoding]
  if (total <= single) return { encoding, parts: [text] }
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const character of characters) {
    if (used + cost(character) > joined) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += character
    used += cost(character)
  }
  return { encoding, parts: [...parts, part] }
}
