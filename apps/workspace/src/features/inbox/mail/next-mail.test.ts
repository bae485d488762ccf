import { expect, test } from 'vitest'
import { nextMail } from './next-mail.ts'

const ids = ['a', 'b', 'c']

test('from one letter to the one beside it, and no further than the last', () => {
  expect([nextMail(ids, 'b', 1), nextMail(ids, 'b', -1)]).toEqual(['c', 'a'])
  expect([nextMail(ids, 'c', 1), nextMail(ids, 'a', -1)]).toEqual(['c', 'a'])
})

test('from elsewhere to the newest', () => {
  expect([nextMail(ids, null, 1), nextMail(ids, 'gone', -1)]).toEqual(['c', 'c'])
  expect(nextMail([], null, 1)).toBeUndefined()
})
