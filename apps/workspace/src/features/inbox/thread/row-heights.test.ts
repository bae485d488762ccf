import { expect, test } from 'vitest'
import { received, sampleItem } from '../../../shared/conversations/sample.ts'
import { guessHeight, noteHeight } from './row-heights.ts'
import { buildRows } from './rows.ts'

const item = sampleItem(1)
const messages = (...texts: string[]) =>
  buildRows([{ item, entries: texts.map((text, at) => received(at + 2, text)) }], []).filter(
    ({ type }) => type === 'message',
  )

test('a row is guessed by its own last height, else by one of its shape', () => {
  const [first, second, third, long, chinese] = messages('a', 'b', 'c', 'x'.repeat(90), '您好'.repeat(20))
  noteHeight(first, 61)
  noteHeight(second, 41)
  expect(guessHeight(first)).toBe(61)
  // Grouped, of one line: as the one above it.
  expect(guessHeight(third)).toBe(41)
  noteHeight(long, 63)
  // Full-width characters take two places: two lines of them as two of Latin ones.
  expect(guessHeight(chinese)).toBe(63)
  noteHeight(third, 55)
  expect(guessHeight(second)).toBe(41)
})
