import { expect, test } from 'vitest'
import type { Words } from './i18n.ts'

const modules = import.meta.glob<Record<string, Words>>(
  ['./*words.ts', './*/*words.ts', '../features/*/*words.ts', '../app/*words.ts'],
  {
    eager: true,
  },
)

const base = (key: string): string => key.replace(/_(one|other)$/u, '')
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/gu))].toSorted()

const all = Object.entries(modules).flatMap(([path, module]) =>
  Object.values(module)
    .filter((value) => typeof value === 'object' && 'namespace' in value)
    .map((words) => [path, words] as const),
)

test('there are words', () => expect(all.length).toBeGreaterThan(1))

test.each(all)('%s: both languages have the same keys, none empty', (_path, words) => {
  const zh = new Set(Object.keys(words['zh-CN']).map(base))
  const en = new Set(Object.keys(words.en).map(base))
  expect([...zh].toSorted()).toEqual([...en].toSorted())
  for (const text of [...Object.values(words['zh-CN']), ...Object.values(words.en)]) expect(text.trim()).not.toBe('')
})

test.each(all)('%s: both languages name the same values', (_path, words) => {
  for (const [key, text] of Object.entries(words.en)) {
    const other = words['zh-CN'][key] ?? words['zh-CN'][`${base(key)}_other`] ?? words['zh-CN'][base(key)] ?? ''
    expect({ key, values: placeholders(other) }).toEqual({ key, values: placeholders(text) })
  }
})

test('namespaces are unique', () => {
  const names = all.map(([, words]) => words.namespace)
  expect(new Set(names).size).toBe(names.length)
})
