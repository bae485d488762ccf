import { expect, test } from 'vitest'
import { splitMail, splitQuoted } from './split-quoted.ts'
import { quoteCases } from './testing/quote-cases.ts'

test.each(quoteCases)('$name', ({ source, html, subject, kept, forwarded }) => {
  const split = splitQuoted(source, { html, subject })
  expect(split.kept).toBe(kept)
  expect(split.forwarded?.from?.address).toBe(forwarded)
})

test('what is not kept is not lost', () => {
  const { kept, quoted, signature } = splitQuoted(
    'Yes\n\n-- \nKim\n\nOn 6 May 2024, Anna <a@shop.example> wrote:\n> old\n',
  )
  expect({ kept, quoted, signature }).toEqual({
    kept: 'Yes',
    quoted: 'On 6 May 2024, Anna <a@shop.example> wrote:\n> old',
    signature: '--\nKim',
  })
})

test('the HTML tells what the text does not', () => {
  const html = '<p>Yes</p><div class="protonmail_quote">something said before</div>'
  expect(splitMail('Yes\n\nsomething said before', html, {}).kept).toBe('Yes')
})
