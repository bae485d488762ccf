import { expect, test } from 'vitest'
import { fillParts, fillTemplate, valueFault } from './fill-template.ts'

test.each([
  ['Order {{1}} of {{ 2 }} is on its way, {{1}}!', ['1', '2'], ['42', 'Li'], 'Order 42 of Li is on its way, 42!'],
  ['{{name}} · {{thing}}', ['thing', 'name'], ['tea', 'Wang'], 'Wang · tea'],
  ['Not yet: {{1}}', ['1'], [' '], 'Not yet: {{1}}'],
  ['Unknown: {{2}}', ['1'], ['x'], 'Unknown: {{2}}'],
  ['No patterns: {{1}}', ['1'], ['$& {{1}}'], 'No patterns: $& {{1}}'],
])('%s', (text, parameters, values, filled) => expect(fillTemplate(text, parameters, values)).toBe(filled))

test('buttons are filled in too', () => {
  const parts = [
    { part: 'header', text: 'For {{header.1}}' },
    { part: 'button', text: 'Track', does: 'url', url: 'https://tea.example/{{button1.1}}' },
    { part: 'button', text: 'Copy', does: 'code', code: '{{button2.code}}' },
  ] as const
  const names = ['header.1', 'button1.1', 'button2.code']
  expect(fillParts(parts, names, ['Ann', ' T-1 ', ''])).toEqual([
    { part: 'header', text: 'For Ann' },
    { part: 'button', text: 'Track', does: 'url', url: 'https://tea.example/T-1' },
    { part: 'button', text: 'Copy', does: 'code', code: '{{button2.code}}' },
  ])
})

test.each([
  ['', {}, 'missing'],
  [' \n', {}, 'missing'],
  ['x\ny', {}, null],
  ['x\ny', { plain: true }, 'line-break'],
  ['x\ty', { plain: true }, 'line-break'],
  ['x    y', { plain: true }, null],
  ['x     y', { plain: true }, 'spaces'],
  ['茶🍵', { most: 2 }, null],
  ['茶🍵!', { most: 2 }, 'too-long'],
  ['a b', { does: 'url' }, 'spaces'],
  ['a?b=1', { does: 'url' }, null],
] as const)('the value %j for %j: %s', (value, rules, fault) => expect(valueFault(value, rules)).toBe(fault))
