import { describe, expect, test } from 'vitest'
import { splitQuoted } from './split-quoted.ts'
import { quoteLanguages } from './testing/quote-languages.ts'
import { quoteLayouts } from './testing/quote-layouts.ts'

const cases = Object.entries(quoteLayouts).flatMap(([layout, build]) =>
  Object.entries(quoteLanguages).map(([language, words]) => ({ name: `${language}: ${layout}`, ...build(words) })),
)

describe('every layout in every language', () => {
  test('are many', () => expect(cases.length).toBeGreaterThan(300))
  test.each(cases)('$name', ({ source, html, subject, kept, forwarded }) => {
    const split = splitQuoted(source, { html, subject })
    expect(split.kept).toBe(kept)
    expect(split.forwarded?.from?.address).toBe(forwarded)
  })
})
