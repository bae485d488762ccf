import iconv from 'iconv-lite'
import { detectCharset, isAscii, isUtf8 } from './detect-charset.ts'

/** Names that mail uses and the Encoding Standard does not know. Supersets stand in for what mailers call by a smaller name. */
const aliases: Record<string, string> = {
  gb2312: 'gb18030',
  gb_2312: 'gb18030',
  'gb2312-80': 'gb18030',
  'gb_2312-80': 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  ms936: 'gb18030',
  'windows-936': 'gb18030',
  'euc-cn': 'gb18030',
  'cn-gb': 'gb18030',
  'gb18030-2000': 'gb18030',
  cp950: 'big5',
  ms950: 'big5',
  'windows-950': 'big5',
  'big-5': 'big5',
  'cn-big5': 'big5',
  'x-x-big5': 'big5',
  'big5-hkscs': 'big5',
  cp932: 'shift_jis',
  'windows-932': 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'shift_jis-2004': 'shift_jis',
  cp51932: 'euc-jp',
  eucjp: 'euc-jp',
  'x-euc-jp': 'euc-jp',
  ujis: 'euc-jp',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp50222: 'iso-2022-jp',
  jis: 'iso-2022-jp',
  iso2022jp: 'iso-2022-jp',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  ksc5601: 'euc-kr',
  ks_c_5601: 'euc-kr',
  'x-windows-949': 'euc-kr',
  euckr: 'euc-kr',
  'unicode-1-1-utf-7': 'utf-7',
  utf7: 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  csunicode11utf7: 'utf-7',
  utf8mb4: 'utf-8',
  utf_8: 'utf-8',
  'utf-8-sig': 'utf-8',
  unicode: 'utf-16le',
  'ucs-2': 'utf-16le',
  'latin-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  '8859-1': 'windows-1252',
  'iso-8859-1-windows': 'windows-1252',
  'ansi_x3.110-1983': 'windows-1252',
  cp1252: 'windows-1252',
  'win-1252': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'win-1251': 'windows-1251',
  'cp-1251': 'windows-1251',
  'win-1250': 'windows-1250',
  hz: 'hz-gb-2312',
}
const undeclared = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'default',
  '7bit',
  '8bit',
  'binary',
  'utf-8',
  'utf8',
  'none',
  'default_charset',
  'user-defined',
  'x-user-defined',
])

const western = /^(?:windows-125[24]|iso-8859-(?:1|15))$/

export type Decoded = { text: string; charset: string; guessed: boolean }

/** Decodes what is declared; what is not, not rightly, or not known is guessed. `hint` is the charset of the rest of the mail. */
export function decodeText(bytes: Uint8Array, declared?: string | null, hint?: string | null): Decoded {
  const label = charsetName(declared)
  if (!undeclared.has(label)) {
    const text = decodeAs(bytes, label)
    // UTF-8 by accident is rare, UTF-8 under a wrong name is not.
    const misnamed = western.test(label) && !isAscii(bytes) && (isUtf8(bytes) || isForeign(bytes))
    if (text !== null && !misnamed && !(text.includes('\ufffd') && isUtf8(bytes)))
      return { text, charset: label, guessed: false }
  }
  if (isUtf8(bytes) && !hasEscapes(bytes))
    return { text: decodeAs(bytes, 'utf-8')!, charset: 'utf-8', guessed: !/^utf-?8$/.test(label) && !isAscii(bytes) }
  if (/^utf-?8$/.test(label)) {
    // A few broken characters in what is UTF-8 otherwise, e.g. cut in two by a mailer.
    const text = decodeAs(bytes, 'utf-8')!
    const broken = text.split('\ufffd').length - 1
    const sound = text.replace(/[\x00-\x7f\ufffd]/g, '').length
    if (sound > broken * 2) return { text, charset: 'utf-8', guessed: false }
  }
  const rest = charsetName(hint)
  const charset = detectCharset(bytes, rest === '' || (western.test(rest) && isForeign(bytes)) ? null : rest)
  return { text: decodeAs(bytes, charset) ?? Buffer.from(bytes).toString('latin1'), charset, guessed: true }
}

/** Latin letters never stand in long rows of nothing but accents: what does was written in another script. */
function isForeign(bytes: Uint8Array): boolean {
  const high =
    Buffer.from(bytes.subarray(0, 16 * 1024))
      .toString('latin1')
      .match(/[\x80-\x9f\xa1-\xff]+/g) ?? []
  const rows = high.filter((run) => run.length >= 3).join('')
  return rows.length >= 12 && new Set(rows).size >= 5 && rows.length >= 0.7 * high.join('').length
}

const hasEscapes = (bytes: Uint8Array) => bytes.includes(0x1b) && detectCharset(bytes) === 'iso-2022-jp'

export function charsetName(declared?: string | null): string {
  const label = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^3d/, '')
    .replace(/^["'_]+|["';,\s]+$/g, '')
    .replace(/\*.*$|\$esc$/, '')
    .replace(/^charset=/, '')
  return Object.hasOwn(aliases, label) ? aliases[label]! : label
}

function decodeAs(bytes: Uint8Array, label: string): string | null {
  if (label === 'utf-7') return iconv.decode(Buffer.from(bytes), 'utf-7')
  if (label === 'hz-gb-2312') return decodeAs(shiftedToHighBytes(bytes, '~{', '~}'), 'gb18030')
  if (label === 'iso-2022-kr') return decodeAs(shiftedToHighBytes(bytes, '\x0e', '\x0f'), 'euc-kr')
  if (label === 'utf-16')
    return decodeAs(bytes, bytes[0] === 0xfe || (bytes[0] === 0 && bytes[1] !== 0) ? 'utf-16be' : 'utf-16le')
  if (label === 'iso-2022-jp') bytes = withoutIdleEscapes(bytes)
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return iconv.encodingExists(label) ? iconv.decode(Buffer.from(bytes), label) : null
  }
}

/** Words that are joined end and begin with escapes; decoders that follow the standard take two in a row for an attack. */
const withoutIdleEscapes = (bytes: Uint8Array) =>
  Buffer.from(
    Buffer.from(bytes)
      .toString('latin1')
      .replaceAll(/(?:\x1b(?:\([BIJ]|\$[@B]|\$\([@BD]))+(?=\x1b)/g, ''),
    'latin1',
  )

/** Between the two marks every byte gets its high bit back. */
function shiftedToHighBytes(bytes: Uint8Array, on: string, off: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').replace('\x1b$)C', '')
  const pieces = text.split(on).map((piece, index) => {
    if (index === 0) return piece
    const end = piece.indexOf(off)
    const shifted = end < 0 ? piece : piece.slice(0, end)
    const high = shifted.replace(/[\x21-\x7e]/g, (char) => String.fromCharCode(char.charCodeAt(0) | 0x80))
    return high + (end < 0 ? '' : piece.slice(end + off.length))
  })
  return Buffer.from(pieces.join('').replaceAll('~~', '~').replaceAll('~\n', ''), 'latin1')
}
