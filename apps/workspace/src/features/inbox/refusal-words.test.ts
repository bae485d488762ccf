import { expect, test } from 'vitest'
import { refusalWords } from './refusal-words.ts'

test('what the server says of this message stands beside the words for its code', () => {
  const detail = '短信变量里不能有链接 Variables of texts may hold no link'
  expect(refusalWords({ error: 'content-not-sendable', detail })).toMatch(
    / (?:短信变量里不能有链接|Variables of texts.*)$/u,
  )
  expect(refusalWords({ error: 'text-too-long', detail: '最多 200 个字 At most 200 characters' })).toContain('200')
})

test('codes and words for developers do not', () => {
  const plain = refusalWords({ error: 'content-not-sendable' })
  expect(refusalWords({ error: 'content-not-sendable', detail: 'unsupported' })).toBe(plain)
  expect(refusalWords({ error: 'conflict', detail: 'A key was used' })).toBe(refusalWords({ error: 'conflict' }))
})
