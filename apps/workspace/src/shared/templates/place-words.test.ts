import type { MessageTemplate } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { placeHint, placeLabel } from './place-words.ts'

const template: Pick<MessageTemplate, 'parameters' | 'places' | 'components'> = {
  parameters: ['header.1', 'day', 'button2.1', 'button3.code', '9'],
  places: [
    { part: 'header', name: '1', example: 'Ann' },
    { part: 'body', name: 'day', named: true },
    { part: 'button', name: '1', button: 1, does: 'url', example: '42' },
    { part: 'button', name: 'code', button: 2, does: 'code' },
  ],
  components: [
    { part: 'body', text: 'Until {{day}}' },
    { part: 'button', text: 'No', does: 'reply' },
    { part: 'button', text: 'Shop', does: 'url', url: 'https://tea.example/{{button2.1}}' },
    { part: 'button', text: 'Copy', does: 'code', code: '{{button3.code}}' },
  ],
}
const say = (key: string, values: Record<string, string> = {}) => [key, ...Object.values(values)].join(' ')

test('each place says where it stands', () => {
  expect(template.parameters.map((_name, at) => placeLabel(template, at, say))).toEqual([
    'header 1',
    'body day',
    'url Shop',
    'code Copy',
    'body 9',
  ])
})

test('an example, and the beginning of an address', () => {
  expect(template.parameters.map((_name, at) => placeHint(template, at, say))).toEqual([
    'example Ann',
    undefined,
    'before https://tea.example/ · example 42',
    undefined,
    undefined,
  ])
})
