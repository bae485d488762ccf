import { afterEach, expect, test, vi } from 'vitest'
import { noteServerTime, serverNow } from './server-time.ts'

const truth = Date.parse('2026-01-05T08:00:00Z')
afterEach(() => {
  noteServerTime(new Date().toISOString())
  vi.useRealTimers()
})

test.each([-7 * 3_600_000, 3 * 3_600_000])('on a machine that is %i ms off, times go by the server', (off) => {
  vi.useFakeTimers({ now: truth + off })
  noteServerTime(new Date(truth).toISOString())
  expect(serverNow()).toBe(truth)
  vi.advanceTimersByTime(60_000)
  expect(serverNow()).toBe(truth + 60_000)
})

test('the way of a frame moves nothing, and nonsense neither', () => {
  vi.useFakeTimers({ now: truth })
  noteServerTime(new Date(truth - 900).toISOString())
  noteServerTime('')
  expect(serverNow()).toBe(truth)
})
