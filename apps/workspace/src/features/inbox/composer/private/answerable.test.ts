import type { Answerable } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { answeredBy, standingKey } from './answerable.ts'

const comment = (entryId: string, why: Answerable['why'] = null): Answerable => ({
  entryId,
  closesAt: '2026-07-08T10:00:00Z',
  open: why === null,
  why,
  conversationId: null,
})
const comments = [comment('late', 'private-reply-late'), comment('first')]

test('the quoted comment is the one, else the latest', () => {
  expect(answeredBy(comments, null)?.entryId).toBe('late')
  expect(answeredBy(comments, 'first')?.entryId).toBe('first')
  expect(answeredBy(comments, 'ours')?.entryId).toBe('late')
  expect(answeredBy([], 'first')).toBeNull()
})

test('it says until when, or why not', () => {
  expect(comments.map(standingKey)).toEqual(['late', 'until'])
  expect(standingKey(comment('x', 'private-reply-used'))).toBe('used')
})
