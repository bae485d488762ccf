import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endTry, keyOfTry } from './first-try.ts'

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('what got no answer keeps its key, whatever happened to the window', () => {
  const key = keyOfTry('Your parcel is here, to Chen')
  expect(keyOfTry('Your parcel is here, to Chen')).toBe(key)
  expect(keyOfTry('Your parcel is here, to Wang')).not.toBe(key)
})

test('what was answered is another message the next time', () => {
  const key = keyOfTry('Your parcel is here')
  endTry()
  expect(keyOfTry('Your parcel is here')).not.toBe(key)
})
