import { expect, test } from 'vitest'
import { shownText } from './shown-text.ts'

test('places are called as the provider calls them', () => {
  const places = [
    { part: 'header', name: '1' },
    { part: 'body', name: 'day', named: true },
  ] as const
  const text = 'For {{header.1}}\nUntil {{day}}'
  expect(shownText({ text, parameters: ['header.1', 'day'], places: [...places] })).toBe('For {{1}}\nUntil {{day}}')
  expect(shownText({ text: 'Until {{2}}', parameters: ['2'], places: [] })).toBe('Until {{2}}')
})
