import { expect, test } from 'vitest'
import { previewText } from './preview.ts'

const preview = (words: string, subject: string | null, type = 'mail') =>
  previewText(
    { entryId: 'e1', type, preview: words, from: 'contact', at: '2026-01-05T08:00:00Z' },
    (key) => key,
    subject,
  )

test('a letter is previewed without the subject that stands before it', () => {
  expect(preview('Tea pot · It is broken', 'Tea pot')).toBe('It is broken')
  expect(preview('Tea pot', 'Tea pot')).toBe('')
  expect(preview('A very lo…', 'A very long subject')).toBe('')
})

test('one under another subject keeps it, and so do messages of chats', () => {
  expect(preview('Tea cup · Also broken', 'Tea pot')).toBe('Tea cup · Also broken')
  expect(preview('Tea pot · It is broken', null)).toBe('Tea pot · It is broken')
  expect(preview('Tea pot · words', 'Tea pot', 'text')).toBe('Tea pot · words')
})

test('a message that was left is told from one that waits for an answer now', () => {
  expect(preview('发票 · 发票抬头写错了', null, 'left-message')).toBe('kind.left-message 发票 · 发票抬头写错了')
  expect(preview('发票 · 发票抬头写错了', '发票', 'left-message')).toBe('kind.left-message 发票抬头写错了')
})
