import { expect, test } from 'vitest'
import { nextAttempt, readRetryAfter, triesForMs } from './retry-schedule.ts'

const start = new Date('2026-01-05T00:00:00Z')
const giveUpAt = new Date(start.getTime() + triesForMs)

test('an endpoint that stays down is tried over three days, ever less often', () => {
  const times: number[] = []
  let now = start
  for (let attempts = 1; attempts < 100; attempts += 1) {
    const next = nextAttempt({ attempts, giveUpAt, retryAfterMs: 0 }, now, () => 0)
    if (!next) break
    times.push(next.getTime() - start.getTime())
    now = next
  }
  expect(times[0]).toBe(5_000)
  expect(times).toHaveLength(16)
  expect(times.at(-1)).toBeGreaterThan(64 * 3_600_000)
  expect(times.at(-1)).toBeLessThanOrEqual(triesForMs)
})

test('waits as long as the endpoint asks, but not for ever', () => {
  const attempt = { attempts: 1, giveUpAt }
  expect(nextAttempt({ ...attempt, retryAfterMs: 60_000 }, start, () => 0)?.getTime()).toBe(start.getTime() + 60_000)
  expect(nextAttempt({ ...attempt, retryAfterMs: 1_000 }, start, () => 0)?.getTime()).toBe(start.getTime() + 5_000)
  expect(nextAttempt({ ...attempt, retryAfterMs: 1e12 }, start, () => 0)?.getTime()).toBe(start.getTime() + 86_400_000)
})

test.each([
  [undefined, 0],
  ['120', 120_000],
  ['999999999', 86_400_000],
  ['Mon, 05 Jan 2026 00:01:00 GMT', 60_000],
  ['Mon, 05 Jan 2020 00:00:00 GMT', 0],
  ['soon', 0],
  ['-5', 0],
])('Retry-After: %s is %d ms', (header, ms) => {
  expect(readRetryAfter(header, start)).toBe(ms)
})
