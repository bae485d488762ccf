/** Scripts of one byte a letter besides Russian: what marks a text in them, and what is impossible there. */
type Script = {
  charset: string
  letters: RegExp
  frequent: string
  impossible: RegExp
  /** What three of ten letters are at least. */
  needed?: RegExp
}

export const scripts: Script[] = [
  {
    charset: 'windows-1253',
    letters: /[Ά-ώ]/g,
    frequent: 'αοιετσνηυρπκμλςίάόέήΑΟΙΕΤΣΝΗΥΡΠΚΜΛ',
    // A final sigma within a word, a capital after a small letter.
    impossible: /ς(?=[α-ώ])|[α-ώ](?=[Α-Ω])|σ(?![Ά-ώ])/g,
  },
  {
    charset: 'windows-1255',
    letters: /[א-ת]/g,
    frequent: 'יוהלאתרבםמשנ',
    impossible: /[םןךףץ](?=[א-ת])|[\u05b0-\u05c3]/g,
  },
  {
    charset: 'windows-1256',
    letters: /[ء-ي]/g,
    frequent: 'اليمونترةبدعسفهك',
    impossible: /[ةى](?=[ء-ي])|[\u00c0-\u00ff\u0152\u0153]/g,
  },
  {
    charset: 'iso-8859-6',
    letters: /[ء-ي]/g,
    frequent: 'اليمونترةبدعسفهك',
    impossible: /[ةى](?=[ء-ي])/g,
  },
  {
    charset: 'windows-874',
    letters: /[\u0e01-\u0e2e\u0e30\u0e32\u0e33\p{Mn}\u0e40-\u0e44]/gu,
    frequent: 'านร่กเง้อมยลวดทสตะปบคิีัห',
    // Marks above and below need a consonant before them, vowels that are written first one behind them.
    impossible: /(?<![\u0e01-\u0e2e\p{Mn}])\p{Mn}|[\u0e40-\u0e44](?![\u0e01-\u0e2e])|[ฃฅฆฌฎฏฑฒฬ]/gu,
    needed: /[\u0e30\u0e32\u0e33\p{Mn}\u0e40-\u0e44]/gu,
  },
  {
    charset: 'iso-8859-5',
    letters: /[А-яЁё]/g,
    frequent: 'оеаинтсрвлкмдОЕАИНТСРВЛКМД',
    impossible: /[а-я](?=[А-Я])|[ЂЃЄЅІЇЈЉЊЋЌЎЏђѓѕјљњћќўџ]/g,
  },
  {
    charset: 'ibm866',
    letters: /[А-яЁё]/g,
    frequent: 'оеаинтсрвлкмдОЕАИНТСРВЛКМД',
    impossible: /[а-я](?=[А-Я])|[\u2500-\u259f]/g,
  },
]
const decoders = new Map(scripts.map(({ charset }) => [charset, new TextDecoder(charset)]))
/** A name of a few letters could be of any script. */
const fewest = 8

/** The share of letters of the script, with more for those that are met most. 0 where nothing speaks for it. */
export function scriptScore(bytes: Uint8Array, { charset, letters, frequent, impossible, needed }: Script): number {
  const text = decoders.get(charset)!.decode(bytes)
  const foreign = text.match(/[^\x00-\x7f]/g) ?? []
  const found = text.match(letters) ?? []
  if (found.length < fewest) return 0
  if (needed && (text.match(needed)?.length ?? 0) < 0.3 * found.length) return 0
  const known = found.filter((char) => frequent.includes(char)).length
  const against = text.match(impossible)?.length ?? 0
  if (against > found.length / 12) return 0
  return (found.length - 2 * against) / foreign.length + (0.4 * known) / found.length
}
