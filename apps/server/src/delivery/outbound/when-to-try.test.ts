import { findChannel } from '@qiao/channels'
import { expect, test } from 'vitest'
import { whenToTry } from './when-to-try.ts'

const hour = 3_600_000
/** The times at which something that never succeeds is tried, and when that ends. */
function walk(channel: string): { tries: number; longest: number; endsAt: number } {
  const can = findChannel(channel)?.capabilities
  if (!can) throw new Error('There is no such channel')
  let [sinceMs, longest, attempts] = [0, 0, 0]
  for (;;) {
    const wait = whenToTry(can, { attempts, sinceMs }, 0.5)
    if (wait === null) return { tries: attempts, longest, endsAt: sinceMs }
    longest = Math.max(longest, wait)
    sinceMs += wait
    attempts += 1
  }
}

test('a chat message is given up after six hours, tried every ten minutes at last', () => {
  const { endsAt, longest, tries } = walk('telegram')
  expect(endsAt / hour).toBeCloseTo(6, 0)
  expect(longest).toBe(600_000)
  expect(tries).toBeGreaterThan(36)
})
test('a letter is tried for four days, as mail servers do, every few hours at last (RFC 5321 §4.5.4.1)', () => {
  const { endsAt, longest, tries } = walk('email')
  expect(endsAt / hour).toBeGreaterThan(96)
  expect(endsAt / hour).toBeLessThan(101)
  expect(longest).toBe(4 * hour)
  expect(tries).toBeLessThan(50)
})
test('never all at once, and never sooner than the first wait', () => {
  expect([0, 0.5, 1].map((at) => whenToTry({}, { attempts: 0, sinceMs: 0 }, at))).toEqual([1500, 2000, 2500])
  expect(whenToTry({}, { attempts: 5_000, sinceMs: 0 }, 0.5)).toBe(600_000)
})
