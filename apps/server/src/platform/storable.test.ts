import { expect, test } from 'vitest'
import { forcedStorable, parseStorable, storable } from './storable.ts'

test('half an emoji is replaced, in names as well, and the rest stays', () => {
  const sent = { a: ['x\uD83D', 1, null, true], 'k\uDC00': '👋' }
  expect(storable(sent)).toEqual({ a: ['x\uFFFD', 1, null, true], 'k\uFFFD': '👋' })
})

test.each([['\u0000'], [{ a: ['b\u0000'] }], [{ 'a\u0000': 1 }]])('U+0000 is refused', (sent) => {
  expect(() => storable(sent)).toThrow('U+0000')
})

test('depth is bounded, so that no body can exhaust the stack', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
  expect(() => storable(deep)).toThrow('Nested too deeply')
})

test('text from the wire is made fit likewise, and looked at closely only where that can matter', () => {
  expect(parseStorable(String.raw`{"a":["x\ud83d"],"k":"👋"}`)).toEqual({ a: ['x\uFFFD'], k: '👋' })
  expect(() => parseStorable(String.raw`["\u0000"]`)).toThrow('U+0000')
  expect(() => parseStorable('{"a":'.repeat(65) + '[]' + '}'.repeat(65))).toThrow('Nested too deeply')
  expect(() => parseStorable('["a\u0000"]')).toThrow(SyntaxError)
  expect(parseStorable(JSON.stringify({ text: '[{'.repeat(200) }))).toEqual({ text: '[{'.repeat(200) })
})

test('what cannot be asked for again is made fit instead, and what only looks like an escape stays', () => {
  const sent = { 'a\u0000': ['x\uD83D', 'b\u0000'], text: String.raw`C:\u0000\users` }
  expect(forcedStorable(sent)).toEqual({ 'a\uFFFD': ['x\uFFFD', 'b\uFFFD'], text: String.raw`C:\u0000\users` })
  expect(JSON.stringify(forcedStorable(JSON.parse('['.repeat(100) + ']'.repeat(100))))).toContain('null')
})
