/** Signatures are kept as HTML. One of plain lines is written as lines; one with more to it as what it is. */

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const unescaped = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')

export const linesToHtml = (text: string): string =>
  text === '' ? '' : `<p>${text.split('\n').map(escaped).join('<br>')}</p>`

/** Null when it is more than lines. */
export function htmlToLines(html: string): string | null {
  if (html === '') return ''
  const inner = /^<p>(.*)<\/p>$/su.exec(html)?.[1]
  const text = inner?.replaceAll('<br>', '\n')
  if (text === undefined || /[<>]/u.test(text)) return null
  return unescaped(text)
}
