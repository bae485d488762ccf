import { expect, test } from 'vitest'
import { answerBy, subjectOfLeft } from './left-message.ts'

test.each([
  [{ topic: { key: 'invoice', label: '发票' }, text: 'whatever' }, '发票'],
  [{ topic: null, text: '\n  Where is it?\nIt was promised' }, 'Where is it?'],
  [{ topic: null, text: '茶'.repeat(61) }, `${'茶'.repeat(59)}…`],
  [{ topic: null, text: '🍵'.repeat(60) }, '🍵'.repeat(60)],
])('a letter about it is called by its topic or its beginning: %j', (left, subject) => {
  expect(subjectOfLeft(left)).toBe(subject)
})

test.each([
  [{ way: 'chat' }, true],
  [{ way: 'mail', address: 'fang@example.com' }, true],
  [{ way: 'mail', address: 'fang' }, false],
  [{ way: 'mail' }, false],
  [{ way: 'sms', address: '+86 138-0013-8000' }, true],
  [{ way: 'sms', address: 'fang@example.com' }, false],
  [{ way: 'pigeon', address: 'roof' }, false],
])('an answer by %j: %s', (given, fine) => {
  expect(answerBy.safeParse(given).success).toBe(fine)
})
