import { expect, test } from 'vitest'
import { isDue, type Kept, standingOf } from './access-kept.ts'

const [hour, day] = [3_600_000, 86_400_000]
const start = Date.parse('2026-07-01T10:00:00Z')
const fresh: Kept = { seenAt: start, endsAt: start + 60 * day, renewedAt: start, triedAt: start, problem: null }
const pasted: Kept = { ...fresh, endsAt: null, renewedAt: null }
const problem = { code: 'no-answer' } as const

test('it is renewed at half of its time, and then every hour until it works', () => {
  expect(isDue(null, start)).toBe(true)
  expect(isDue(fresh, start + 30 * day - 1)).toBe(false)
  expect(isDue(fresh, start + 30 * day)).toBe(true)
  const failed = { ...fresh, triedAt: start + 30 * day, problem }
  expect(isDue(failed, start + 30 * day + hour - 1)).toBe(false)
  expect(isDue(failed, start + 30 * day + hour)).toBe(true)
})

test('of one that was pasted nothing is known: it is tried four times a day', () => {
  expect(isDue({ ...pasted, triedAt: null }, start)).toBe(true)
  expect(isDue(pasted, start + 6 * hour - 1)).toBe(false)
  expect(isDue(pasted, start + 6 * hour)).toBe(true)
})

test('people are told how it stands', () => {
  expect(standingOf(null, start)).toBe('unknown')
  expect(standingOf(pasted, start)).toBe('unknown')
  expect(standingOf(fresh, start)).toBe('good')
  expect(standingOf({ ...fresh, problem }, start + 31 * day)).toBe('failing')
  expect(standingOf({ ...fresh, problem }, start + 60 * day)).toBe('over')
})
