import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test('waits longer each time, up to half a minute', () => {
  expect([0, 1, 2, 10, 40].map((attempt) => backoffMs(attempt, () => 1))).toEqual([500, 1000, 2000, 30_000, 30_000])
})

test('spreads over half of the time, never at once', () => {
  expect(backoffMs(0, () => 0)).toBe(250)
  expect(backoffMs(3, () => 0.5)).toBe(3000)
})
