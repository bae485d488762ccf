import { expect, test } from 'vitest'
import type { InboxSettings } from '@qiao/protocol'
import { originAllowed } from './allowed-domains.ts'

const audience: InboxSettings['audience'] = 'customers'
const rules = {
  audience,
  allowedDomains: ['example.com', '*.shop.example', 'localhost:3000', 'secure.example:443'],
}

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

test('without rules every page may, but none where staff are served', () => {
  expect(originAllowed({ audience, allowedDomains: [] }, undefined)).toBe(true)
  expect(originAllowed({ audience: 'staff', allowedDomains: [] }, 'https://example.com')).toBe(false)
  expect(originAllowed({ audience: 'staff', allowedDomains: ['example.com'] }, 'https://example.com')).toBe(true)
})
