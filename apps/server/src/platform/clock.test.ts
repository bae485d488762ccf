import { expect, test } from 'vitest'
import { manualClock, systemClock } from './clock.ts'

test('a manual clock moves only when told', () => {
  const clock = manualClock('2026-03-01T00:00:00.000Z')
  const earlier = clock.now()
  clock.advance(90_000)
  expect(clock.now().toISOString()).toBe('2026-03-01T00:01:30.000Z')
  expect(earlier.toISOString()).toBe('2026-03-01T00:00:00.000Z')
  clock.set(new Date('2026-04-01T00:00:00.000Z'))
  expect(clock.now().toISOString()).toBe('2026-04-01T00:00:00.000Z')
})

test('the system clock tells the time', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000)
})
