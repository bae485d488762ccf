import type { ReplyPreview } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { countWords, insteadWords, problemOf } from './preview-words.ts'

const t = (key: string, values?: object): string => [key, ...Object.values(values ?? {})].join(' ')
const message = (parts: number, changes: Partial<ReplyPreview['messages'][number]> = {}) => ({
  parts: Array.from({ length: parts }, () => ({ text: 'tea', segments: null })),
  degraded: [],
  problem: null,
  ...changes,
})
const shown = (messages: ReplyPreview['messages'], changes: Partial<ReplyPreview> = {}): ReplyPreview => ({
  messages,
  sms: null,
  problem: null,
  ...changes,
})

test('counts texts wherever they are counted, and messages only where one becomes several', () => {
  expect(countWords(shown([message(1)], { sms: { encoding: 'ucs-2', segments: 3, perSegment: 67 } }), t)).toBe(
    'sms 3 67',
  )
  expect(countWords(shown([message(3), message(1)]), t)).toBe('messages 4')
  expect(countWords(shown([message(1), message(1)]), t)).toBeNull()
})

test('says of files that they go as links, and of anything else that it goes as words', () => {
  const degraded = ['See https://qiao.example/media/1']
  expect(insteadWords(shown([message(1, { degraded }), message(1)]), 1, t)).toBe('asLinks 1')
  expect(insteadWords(shown([message(1, { degraded })]), 0, t)).toBe('asWords')
  expect(insteadWords(shown([message(1)]), 1, t)).toBeNull()
})

test('what forbids all comes before what one message is refused for', () => {
  const problem = { code: 'too-long', detail: 'At most 200 characters' }
  expect(problemOf(shown([message(1), message(0, { problem })]))).toEqual(problem)
  expect(problemOf(shown([message(0, { problem })], { problem: { code: 'quota-used' } }))?.code).toBe('quota-used')
  expect(problemOf(shown([message(2)]))).toBeNull()
})
