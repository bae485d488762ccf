/** Letters beyond a-z of the languages that are written in Latin ones, and the charsets that people write them in. */
const languages = [
  'äöüßÄÖÜ',
  'éèêàçùôîûâëïœæÉÈÊÀÇÔÎ«»',
  'áéíóúñüÁÉÍÓÚÑ¿¡ªº',
  'ãõáéíóúâêôçàÃÕÁÉÍÓÚÂÊÔÇÀªº',
  'àèéìòùÀÈÉÌÒÙ',
  'åäöÅÄÖé',
  'åæøÅÆØé',
  'ëïéèöü',
  'ðþæáéíóúýöÐÞÆÁÉÍÓÚÝÖ',
  'àçèéíïòóúüÀÇÈÉÍÒÓ·',
]
const central = [
  'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ',
  'áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ',
  'áäčďéíľĺňóôŕšťúýžÁÄČĎÉÍĽŇÓÔŠŤÚÝŽ',
  'áéíóöőúüűÁÉÍÓÖŐÚÜŰ',
  'ăâîşţșțĂÂÎŞŢȘȚ',
  'čćđšžČĆĐŠŽ',
]
const candidates: [charset: string, languages: string[]][] = [
  ['windows-1252', languages],
  ['windows-1250', central],
  ['iso-8859-2', central],
  ['windows-1254', ['çğıöşüÇĞİÖŞÜâîû']],
  ['windows-1257', ['ąčęėįšųūžĄČĘĖĮŠŲŪŽ', 'āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ', 'äõöüšžÄÕÖÜŠŽ']],
]
const decoders = new Map(candidates.map(([charset]) => [charset, new TextDecoder(charset)]))
/** What another charset must read better than a more usual one. */
const enough = 0.08
/** Of what is beyond a-z: with fewer known letters it is no Latin text. */
const fewest = 0.7
/** Signs that stand in texts of any language. */
const neutral = /[\u00a0\u2010-\u2026\u2030\u2039\u203a€£©®™°§·«»×½¼¾²³%…]/u

/** A sign within a word, or one that no word begins or ends with, is a letter that was read wrongly. */
const misread =
  /(?<=\p{L})[^\x00-\x7f\p{L}\p{M}’‘\u00a0–—-](?=\p{L})|(?<=\p{L})[¡-¦¨¬¯±´-¶¸¼-¿](?!\p{L})|(?<!\p{L})[¢-¦¨¬¯±´-¶¸¼-¾®](?=\p{L})/gu

/** Hungarian and Romanian letters that were read wrongly: these stand elsewhere. */
const unusual = /õ(?!e)|ã(?![oes])/gu
/** Icelandic letters without any other are Turkish ones. */
const turkish = /^(?=.*[ðþÐÞ]|.*[ýÝ].*[ýÝ])[ýðþÝÞÐçöüÇÖÜâîû]+$/u

/** Letters with accents stand alone or in twos among plain ones. */
export function isLatin(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1')
  const runs = [...text.matchAll(/[\x80-\xff]+/g)]
  const among = runs.filter(
    ({ 0: run, index }) =>
      run.length <= 2 && (/[A-Za-z]/.test(text[index - 1] ?? '') || /[A-Za-z]/.test(text[index + run.length] ?? '')),
  ).length
  return runs.length > 0 && among >= runs.length * 0.6
}

/** Which charset of Latin letters reads as one language; null where none does. What several do equally is Western. */
export function latinCharset(bytes: Uint8Array): string | null {
  const western = Array.from(decoders.get('windows-1252')!.decode(bytes)).filter((char) => char > '\x7f')
  if (turkish.test(western.filter((char) => !neutral.test(char)).join(''))) return 'windows-1254'
  let best = { charset: 'windows-1252', score: -1 }
  for (const [charset, alphabets] of candidates) {
    const text = decoders.get(charset)!.decode(bytes)
    const letters = (text.match(/[^\x00-\x7f]/gu) ?? []).filter((char) => !neutral.test(char))
    const signs = text.match(misread)?.length ?? 0
    const odd = charset === 'windows-1252' ? (text.match(unusual)?.length ?? 0) / 2 : 0
    const known = Math.max(...alphabets.map((alphabet) => letters.filter((char) => alphabet.includes(char)).length))
    const score = letters.length + signs === 0 ? 1 : (known - odd) / (letters.length + signs)
    if (best.score < 0 || score > best.score + enough) best = { charset, score }
  }
  return best.score < fewest ? null : best.charset
}
