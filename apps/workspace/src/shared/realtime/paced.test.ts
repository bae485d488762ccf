import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paced } from './paced.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the first is done at once, all that come meanwhile once together', () => {
  const done: string[] = []
  const ask = paced((key) => done.push(key), 1000)
  for (const key of ['a', 'a', 'b', 'a']) ask(key)
  expect(done).toEqual(['a', 'b'])
  vi.advanceTimersByTime(1000)
  expect(done).toEqual(['a', 'b', 'a'])
  // The one that was made up for counts as well.
  ask('a')
  expect(done).toEqual(['a', 'b', 'a'])
  vi.advanceTimersByTime(1000)
  expect(done).toEqual(['a', 'b', 'a', 'a'])
  vi.advanceTimersByTime(5000)
  ask('a')
  expect(done).toEqual(['a', 'b', 'a', 'a', 'a'])
})

test('stopped, it makes up for nothing', () => {
  const done: string[] = []
  const ask = paced((key) => done.push(key), 1000)
  ask('a')
  ask('a')
  ask.stop()
  vi.advanceTimersByTime(5000)
  expect(done).toEqual(['a'])
})
