import { expect, test } from 'vitest'
import { parseExactJson, parseJson } from './json.ts'
import { readText } from './read-text.ts'

test.each([
  ['退订', 'cdcbb6a9'],
  ['龙井还有吗？', 'c1fabeaebbb9d3d0c2f0a3bf'],
  ['🍵 壶', '9439bb3520baf8'],
  ['plain', '706c61696e'],
])('%s is read in UTF-8 and in the charset of old gateways', (text, bytes) => {
  expect(readText(Buffer.from(text))).toBe(text)
  expect(readText(Buffer.from(bytes, 'hex'))).toBe(text)
  const json = Buffer.concat([Buffer.from('{"content":"'), Buffer.from(bytes, 'hex'), Buffer.from('"}')])
  expect(parseJson(json)).toEqual({ content: text })
})

test('what is in no charset is nothing, not words with holes in them', () => {
  for (const bytes of [[0xff], [0xc3, 0x28, 0xff], [0x7b, 0x22, 0xff, 0x22, 0x7d]]) {
    expect(readText(Buffer.from(bytes))).toBe(null)
    expect(parseJson(Buffer.from(bytes))).toBe(undefined)
  }
})

test('JSON that nests beyond all sense is none, brackets in words are nothing', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
  for (const levels of [201, 10_000, 200_000]) {
    expect(parseJson(nested(levels))).toBe(undefined)
    expect(parseExactJson(`{"a":${nested(levels)}}`)).toBe(undefined)
  }
  expect(parseJson(nested(200))).toBeDefined()
  const text = '[{"\\"'.repeat(1_000)
  expect(parseJson(JSON.stringify({ text }))).toEqual({ text })
  expect(parseJson(JSON.stringify(Array.from({ length: 1_000 }, () => [{}])))).toHaveLength(1_000)
})
