import { afterEach, expect, it, vi } from 'vitest'
import { noteServerTime, serverNow } from './server-time.ts'

afterEach(() => {
  noteServerTime('')
  vi.useRealTimers()
})

it('goes by the server on a phone that is hours off, and by the phone otherwise', () => {
  const truth = Date.parse('2026-01-05T08:00:00Z')
  for (const off of [-7 * 3_600_000, 3 * 3_600_000]) {
    vi.useFakeTimers({ now: truth + off })
    noteServerTime('2026-01-05T08:00:00Z')
    expect(serverNow()).toBe(truth)
  }
  vi.useFakeTimers({ now: truth + 900 })
  for (const told of ['2026-01-05T08:00:00Z', '']) {
    noteServerTime(told)
    expect(serverNow()).toBe(truth + 900)
  }
})
