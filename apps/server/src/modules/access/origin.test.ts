import { expect, test } from 'vitest'
import { checkOrigin, originOf, refuseForeignOrigin } from './origin.ts'

const url = 'https://chat.example.com'
const host = 'chat.example.com'

test.each([
  ['own', { origin: 'https://chat.example.com', host: 'internal:3000' }],
  ['own', { origin: 'https://other-name.example', host: 'other-name.example' }],
  ['own', { 'sec-fetch-site': 'same-origin', host }],
  ['foreign', { origin: 'http://chat.example.com', host }],
  ['foreign', { origin: 'https://evil.example', host }],
  ['foreign', { origin: 'https://chat.example.com.evil.example', host }],
  ['foreign', { origin: 'null', host }],
  ['foreign', { origin: '', host }],
  ['foreign', { 'sec-fetch-site': 'same-site', host }],
  ['foreign', { 'sec-fetch-site': 'cross-site', host }],
  ['unsaid', { host }],
] as const)('%s: %j', (expected, headers) => {
  expect(originOf(headers, url)).toBe(expected)
})

test('a cookie counts only from our own pages; without one only foreign pages are refused', () => {
  expect(() => checkOrigin({ host }, url)).toThrow('origin-refused')
  expect(() => refuseForeignOrigin({ host }, url)).not.toThrow()
  expect(() => refuseForeignOrigin({ host, origin: 'https://evil.example' }, url)).toThrow('origin-refused')
})
