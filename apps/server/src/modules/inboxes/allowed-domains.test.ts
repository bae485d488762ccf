import { expect, test } from 'vitest'
import { originAllowed } from './allowed-domains.ts'

const rules = { allowedDomains: ['example.com', '*.shop.example', 'localhost:3000', 'secure.example:443'] }

test.each([
  ['https://example.com', true],
  ['http://example.com:8080', true],
  ['https://www.example.com', false],
  ['https://example.com.evil.example', false],
  ['https://evilexample.com', false],
  ['https://de.shop.example', true],
  ['https://a.b.shop.example', true],
  ['https://shop.example', false],
  ['https://evilshop.example', false],
  ['http://localhost:3000', true],
  ['http://localhost:3001', false],
  ['https://secure.example', true],
  ['http://secure.example', false],
  ['https://EXAMPLE.com', true],
  ['https://user@example.com', true],
  ['ftp://example.com', false],
  ['null', false],
  ['', false],
  [undefined, false],
])('%s: %s', (origin, expected) => {
  expect(originAllowed(rules, origin)).toBe(expected)
})

test('without rules every page may', () => {
  expect(originAllowed({ allowedDomains: [] }, undefined)).toBe(true)
})
