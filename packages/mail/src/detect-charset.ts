import { isLatin, latinCharset } from './latin-charset.ts'
import { scripts, scriptScore } from './script-charset.ts'

/** The characters that are met most: what is left to tell by where two charsets use the same pairs of bytes. */
const frequent: Record<string, string> = {
  gb18030:
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力与长把机第公此已工使情明性知全三关点正业外将两高间由问很最重并物手应向头文体见被利什二等产或新制果加西月话合回特代内信表化老给位次度门任常先通教原东提立及员解水名真处各入几口认条平气题活更别打女变总何电数安少报才结受目太量再感建务做接必场件计管期市直资金指统区保至形社便空张王李刘陈杨赵黄周吴您请单订货退款换邮箱客服谢收费询价购买商品寄付送快递查',
  big5: '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日者意無力與長把機第公此已工使情明性知全三關點正業外將兩高間由問很最重並物手應向頭文體見被利什二等產或新制果加西月話合回特代內信表化老給位次度門任常先通教原東提立及員解水名真處各入幾口認條平氣題活更別打女變總何電數安少報才結受目太量再感建務做接必場件計管期市直資金指統區保至形社便空張王李劉陳楊趙黃周吳您請單訂貨退款換郵箱客服謝收費詢價購買商品寄付送快遞查',
  'euc-kr':
    '이다는의에가을한를은하고니로사지도으문주요관련합습안녕있수인기그들어시서부스대정해과자리아일전보제만유나원상구동여경장선성김박최철영민감님계확품환불배송받보내드립겠것면까오제변신청용입여러분중세',
  'windows-1251': 'оеаинтсрвлкмдОЕАИНТСРВЛКМД',
  'koi8-r': 'оеаинтсрвлкмдОЕАИНТСРВЛКМД',
}

/** Bytes without a charset: which of the charsets that mail is written in do they read best in? */
const candidates = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1251', 'koi8-r', 'windows-1252']
const strict = new Map(candidates.map((label) => [label, new TextDecoder(label, { fatal: true })]))
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const sampled = 16 * 1024
const lessUsual = 0.03

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
  const latin = isLatin(sample) ? latinCharset(sample) : null
  if (latin && (latin === 'windows-1252' || !isChinese(sample))) return latin
  let best = { label: 'windows-1252', score: 0 }
  for (const label of candidates) {
    const score = scoreOf(sample, label)
    if (score > best.score) best = { label, score }
  }
  // What is lines and corners in the one is letters of Ukrainian in the other.
  if (best.label === 'koi8-r' && /[\u2500-\u257f]/.test(strict.get('koi8-r')!.decode(sample))) best.label = 'koi8-u'
  for (const script of scripts) {
    const score = scriptScore(sample, script) - lessUsual
    if (score > best.score) best = { label: script.charset, score }
  }
  return best.label
}

/** A single Chinese character between words looks like a letter with an accent: it is one that is met often. */
const isChinese = (bytes: Uint8Array) =>
  ['gb18030', 'big5'].some((label) => {
    if (!readsIn(bytes, label)) return false
    const letters = Array.from(strict.get(label)!.decode(bytes)).filter((char) => char > '\x7f')
    return letters.every((char) => frequent[label]!.includes(char))
  })

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
  return plausible(letters, text, bytes, label) / letters.length + 0.4 * familiar(letters, label)
}

/** The share of frequent characters; a text of three and more that has none is not in that language. */
function familiar(letters: string, label: string): number {
  const known = frequent[label]
  if (known === undefined) return 0
  const sample = Array.from(letters.slice(0, 500))
  const share = sample.filter((char) => known.includes(char)).length / sample.length
  return share === 0 && sample.length > 2 ? -1 : share
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
  const lower = count(text, /[\u0430-\u044f\u0451\u0454\u0456\u0457]/g)
  const odd = count(text, /[\u0430-\u044f][\u0410-\u042f]|(?<![\u0430-\u045f])[ъыь]|ъ(?![\u0430-\u045f])/g) * 2
  const words = count(text, /[\u0400-\u04ff]{3,}/g)
  const capitals = count(text, /[\u0410-\u042f\u0401]/g)
  return words === 0 ? 0 : lower + capitals * (capitals > lower ? 0.97 : 1) - odd + count(text, /[«»№–—]/g)
}

/** Letters with accents stand alone or in twos among plain ones. */
function western(text: string): number {
  const alone = count(text, /(?<=[A-Za-z]|^|[\s"'(])[\u00c0-\u00ff](?=[A-Za-z]|$|[\s.,;:!?"')-])/g)
  return 0.95 * alone + 0.9 * count(text, /[€‚„…†‰‹‘’“”•–—™›¡¿«»°§£©®]/g) + 0.01
}
