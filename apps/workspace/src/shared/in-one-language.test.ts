import { expect, test } from 'vitest'
import { inOneLanguage } from './in-one-language.ts'

test('of words in both languages the viewer reads one half', () => {
  const both = '最多 200 个字 At most 200 characters'
  expect(inOneLanguage(both, 'zh-CN')).toBe('最多 200 个字')
  expect(inOneLanguage(both, 'en')).toBe('At most 200 characters')
  const numbers = '需要发 3 条，只能再发 2 条 It takes 3 messages, and 2 may still be sent'
  expect(inOneLanguage(numbers, 'en')).toBe('It takes 3 messages, and 2 may still be sent')
})

test.each(['Nothing to say', '只有中文', 'person@example.com', '', '没有 No 混合的'])('%j stays as it is', (text) => {
  expect(inOneLanguage(text, 'zh-CN')).toBe(text)
  expect(inOneLanguage(text, 'en')).toBe(text)
})
