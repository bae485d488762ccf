import { expect, test } from 'vitest'
import { fillTemplate } from './fill-template.ts'

test.each([
  ['Order {{1}} of {{ 2 }} is on its way, {{1}}!', ['1', '2'], ['42', 'Li'], 'Order 42 of Li is on its way, 42!'],
  ['{{name}} · {{thing}}', ['thing', 'name'], ['tea', 'Wang'], 'Wang · tea'],
  ['Not yet: {{1}}', ['1'], [' '], 'Not yet: {{1}}'],
  ['Unknown: {{2}}', ['1'], ['x'], 'Unknown: {{2}}'],
  ['No patterns: {{1}}', ['1'], ['$& {{1}}'], 'No patterns: $& {{1}}'],
])('%s', (text, parameters, values, filled) => expect(fillTemplate(text, parameters, values)).toBe(filled))
