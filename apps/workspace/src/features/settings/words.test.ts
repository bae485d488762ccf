import { expect, test } from 'vitest'
import type { Words } from '../../shared/i18n.ts'

/** The words of each settings page lie in its folder, one deeper than shared/words.test.ts looks. */
const modules = import.meta.glob<{ words: Words }>('./*/words.ts', { eager: true })
const base = (key: string): string => key.replace(/_(one|other)$/u, '')
const placeholders = (text: string | undefined): string[] => [...new Set(text?.match(/\{\{\w+\}\}/gu))].toSorted()
const pages = Object.entries(modules).map(([path, module]) => [path, module.words] as const)

test('every page has words of its own', () => {
  expect(pages.length).toBeGreaterThanOrEqual(7)
  expect(new Set(pages.map(([, words]) => words.namespace)).size).toBe(pages.length)
})

test.each(pages)('%s: both languages say all, with the same values', (_path, words) => {
  const chinese = words['zh-CN']
  expect(Object.keys(chinese).map(base).toSorted()).toEqual([...new Set(Object.keys(words.en).map(base))].toSorted())
  for (const [key, text] of Object.entries(words.en)) {
    const other = chinese[key] ?? chinese[`${base(key)}_other`]
    expect({ key, empty: !other?.trim() || !text.trim() }).toEqual({ key, empty: false })
    expect({ key, values: placeholders(other) }).toEqual({ key, values: placeholders(text) })
  }
})

test.each(pages)('%s: Chinese is Chinese, with full-width punctuation', (_path, words) => {
  for (const [key, text] of Object.entries(words['zh-CN'])) {
    const half = /\p{Script=Han}[,;:?!](\s|$)/u.test(text)
    expect({ key, half }).toEqual({ key, half: false })
  }
})
