import { expect, test } from 'vitest'
import { wentUp } from './went-up.ts'

const last = { top: 5000, height: 5600 }

test('the reader leaves the end by wheel, by hand, by a key, or by what tells the page nothing', () => {
  expect(wentUp(last, { top: 4900, height: 5600 }, 10)).toBe(true)
  expect(wentUp(last, { top: 4900, height: 5700 }, 10)).toBe(true)
  // A search in the page and a screen reader move a thread without any event but this one.
  expect(wentUp(last, { top: 4900, height: 5600 }, Number.POSITIVE_INFINITY)).toBe(true)
})

test('rows that become shorter or longer leave nothing', () => {
  // A letter's history was folded, and another letter came before the page was told.
  expect(wentUp(last, { top: 4800, height: 5650 }, Number.POSITIVE_INFINITY)).toBe(false)
  expect(wentUp(last, { top: 4800, height: 5400 }, 60_000)).toBe(false)
  expect(wentUp(last, { top: 5000, height: 5900 }, 10)).toBe(false)
})
