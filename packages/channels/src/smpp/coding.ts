import type { Config } from './config.ts'

/** How the letters of a text become octets, and back (SMPP 3.4 §5.2.19, 3GPP TS 23.038 §6.2.1). */

const escape = 0x1b
/** In order of their numbers; the escape has no letter of its own. */
const gsm =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** After the escape. */
const extension: readonly (readonly [number, string])[] = [
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
]
const letters = Array.from(gsm)
const octets = new Map<string, readonly number[]>([
  ...letters.map((letter, number) => [letter, [number]] as const),
  ...extension.map(([number, letter]) => [letter, [escape, number]] as const),
])
const extended = new Map(extension)

export type Coding = 'default' | 'ucs-2'
type Alphabet = Config['alphabet']

export const dataCodings = { default: 0, 'ucs-2': 8 } as const

/** Whether data_coding 0 can say it. */
export const isDefault = (text: string, alphabet: Alphabet): boolean =>
  Array.from(text).every(
    (letter) =>
      letter !== '\u001B' && octets.has(letter) && (alphabet === 'gsm-7' || (letter.codePointAt(0) ?? 0) < 256),
  )

export function encode(text: string, coding: Coding, alphabet: Alphabet): Buffer {
  if (coding === 'ucs-2') return Buffer.from(text, 'utf16le').swap16()
  if (alphabet === 'latin1') return Buffer.from(text, 'latin1')
  return Buffer.from(Array.from(text).flatMap((letter) => octets.get(letter) ?? octets.get('?') ?? []))
}

/** Null when it is no text. */
export function decode(bytes: Buffer, dataCoding: number, alphabet: Alphabet): string | null {
  switch (kindOf(dataCoding)) {
    case 'default':
      return alphabet === 'latin1' ? bytes.toString('latin1') : fromGsm(bytes)
    case 'gsm-7':
      return fromGsm(bytes)
    case 'ascii':
    case 'latin1':
      return bytes.toString('latin1')
    case 'ucs-2':
      return new TextDecoder('utf-16be').decode(bytes)
    case 'cyrillic':
      return new TextDecoder('iso-8859-5').decode(bytes)
    case 'hebrew':
      return new TextDecoder('iso-8859-8').decode(bytes)
    case 'japanese':
      return new TextDecoder('shift_jis').decode(bytes)
    case 'korean':
      return new TextDecoder('euc-kr').decode(bytes)
    default:
      return null
  }
}

const kinds: Readonly<Record<number, string>> = {
  0: 'default',
  1: 'ascii',
  3: 'latin1',
  5: 'japanese',
  6: 'cyrillic',
  7: 'hebrew',
  8: 'ucs-2',
  14: 'korean',
}

/** Above the numbers of SMPP are those of GSM, of which two bits tell the alphabet. */
function kindOf(dataCoding: number): string {
  if (dataCoding < 16) return kinds[dataCoding] ?? 'binary'
  const group = dataCoding >> 4
  if (group === 15) return (dataCoding & 0x04) === 0 ? 'gsm-7' : 'binary'
  if (group < 8) return ['gsm-7', 'binary', 'ucs-2', 'binary'][(dataCoding >> 2) & 3] ?? 'binary'
  return group === 14 ? 'ucs-2' : 'gsm-7'
}

function fromGsm(bytes: Buffer): string {
  let text = ''
  let escaped = false
  for (const octet of bytes) {
    if (octet === escape && !escaped) {
      escaped = true
      continue
    }
    // A letter of a table that is not known is shown as its base (TS 23.038 §6.2.1.1).
    text += (escaped ? extended.get(octet) : undefined) ?? letters[octet & 0x7f] ?? ''
    escaped = false
  }
  return text.replaceAll('\u001B', ' ')
}
