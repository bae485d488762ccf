import { describe, expect, test } from 'vitest'
import { arrange, neighbour } from './arrange.ts'
import { waitingLevel } from './waiting.ts'

describe('a list that does not jump', () => {
  test('at the top it follows its order', () => {
    expect(arrange(['a', 'b'], ['c', 'a', 'b'], false)).toEqual({ shown: ['c', 'a', 'b'], arrived: 0 })
  })
  test('scrolled into, rows hold their places and arrivals are counted', () => {
    expect(arrange(['a', 'b', 'c'], ['x', 'y', 'b', 'a', 'c'], true)).toEqual({ shown: ['a', 'b', 'c'], arrived: 2 })
  })
  test('what has left the list leaves even then', () => {
    expect(arrange(['a', 'b', 'c'], ['a', 'c'], true).shown).toEqual(['a', 'c'])
  })
  test('the next page comes in behind and is no arrival', () => {
    expect(arrange(['a', 'b'], ['a', 'b', 'c', 'd'], true)).toEqual({ shown: ['a', 'b', 'c', 'd'], arrived: 0 })
  })
  test('an unchanged order is the same array', () => {
    const shown = ['a', 'b']
    expect(arrange(shown, ['a', 'b'], false).shown).toBe(shown)
  })
})

test('keys move to the neighbour, or into the list from outside', () => {
  const shown = ['a', 'b', 'c']
  expect(neighbour(shown, 'a', 1)).toBe('b')
  expect(neighbour(shown, 'a', -1)).toBeUndefined()
  expect(neighbour(shown, undefined, 1)).toBe('a')
  expect(neighbour(shown, 'gone', -1)).toBe('c')
})

test('waiting turns amber at half of the target and red past it', () => {
  expect([59, 60, 119, 120].map((seconds) => waitingLevel(seconds * 1000, 120))).toEqual([
    'fresh',
    'soon',
    'soon',
    'late',
  ])
})
