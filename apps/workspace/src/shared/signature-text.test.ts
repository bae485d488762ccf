import { expect, test } from 'vitest'
import { htmlToLines, linesToHtml } from './signature-text.ts'

test.each(['', '— {agent}', 'Camellia & Sons\n"Tea" <care@camellia.example>\n\n上海'])(
  '%j comes back as it was written',
  (text) => expect(htmlToLines(linesToHtml(text))).toBe(text),
)

test('a signature with a picture or a link is not taken for lines', () => {
  expect(htmlToLines('<p>Tea <a href="https://camellia.example">shop</a></p>')).toBeNull()
  expect(htmlToLines('<p>One</p><p>Two</p>')).toBeNull()
  expect(htmlToLines('<table></table>')).toBeNull()
})
