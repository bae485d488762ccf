import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createShortCache } from './short-cache.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

test('callers share one read until the time is over', async () => {
  const cache = createShortCache<number>(1000)
  let reads = 0
  const load = async () => (reads += 1)
  expect(await Promise.all([cache.read('a', load), cache.read('a', load)])).toEqual([1, 1])
  vi.advanceTimersByTime(999)
  expect(await cache.read('a', load)).toBe(1)
  vi.advanceTimersByTime(1)
  expect(await cache.read('a', load)).toBe(2)
})

test('nothing and failures are not kept', async () => {
  const cache = createShortCache<number>(1000)
  expect(await cache.read('a', async () => null)).toBeNull()
  await expect(cache.read('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
  expect(await cache.read('a', async () => 1)).toBe(1)
})

test('a read that began before a change is not kept after it', async () => {
  const cache = createShortCache<string>(1000)
  let finish = (_value: string): void => undefined
  const slow = cache.read('a', () => new Promise((resolve) => (finish = resolve)))
  cache.forget(() => false)
  expect(await cache.read('a', async () => 'new')).toBe('new')
  finish('old')
  expect(await slow).toBe('old')
  expect(await cache.read('a', async () => 'newer')).toBe('new')
})

test('only what matches is forgotten, and the size is bounded', async () => {
  const cache = createShortCache<number>(1000, 2)
  await cache.read('a', async () => 1)
  await cache.read('b', async () => 2)
  cache.forget((value) => value === 1)
  expect([await cache.read('a', async () => 10), await cache.read('b', async () => 20)]).toEqual([10, 2])
  await cache.read('c', async () => 30)
  expect(await cache.read('a', async () => 11)).toBe(11)
})

test('what is known is at hand without a read, until it is too old or forgotten', async () => {
  const cache = createShortCache<number>(1000)
  const reading = cache.read('a', async () => 1)
  expect(cache.peek('a')).toBeUndefined()
  await reading
  expect(cache.peek('a')).toBe(1)
  vi.advanceTimersByTime(1000)
  expect(cache.peek('a')).toBeUndefined()
  await cache.read('a', async () => 2)
  cache.forget()
  expect(cache.peek('a')).toBeUndefined()
})
