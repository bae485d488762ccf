import type { ContentOf, MessageTemplate } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { fillForSending } from './fill-for-sending.ts'

const template: MessageTemplate = {
  id: '01900000-0000-7000-8000-000000000000',
  name: 'shipped',
  title: null,
  language: 'en',
  category: 'UTILITY',
  state: 'approved',
  reason: null,
  text: 'Your order\n{{1}} comes on {{2}}',
  parameters: ['1', '2'],
  places: [],
  header: null,
  components: [
    { part: 'header', text: 'Your order' },
    { part: 'body', text: '{{1}} comes on {{2}}' },
    { part: 'button', text: 'Track' },
  ],
}
const content = (...parameters: string[]): ContentOf<'template'> => ({
  type: 'template',
  name: 'shipped',
  language: 'en',
  parameters,
  text: 'You have won!',
})

test('the words are the approved ones', () => {
  expect(fillForSending(template, content(' 42 ', 'Friday'))).toEqual({
    type: 'template',
    name: 'shipped',
    language: 'en',
    parameters: ['42', 'Friday'],
    text: 'Your order\n42 comes on Friday',
    buttons: ['Track'],
    parts: [
      { part: 'header', text: 'Your order' },
      { part: 'body', text: '42 comes on Friday' },
      { part: 'button', text: 'Track' },
    ],
  })
})

const file = { id: '01900000-0000-7000-8000-000000000001', name: 'a.pdf', mime: 'application/pdf', bytes: 10 }
const rich: MessageTemplate = {
  ...template,
  text: 'Bill {{no}}',
  parameters: ['no', 'button1.1'],
  places: [
    { part: 'body', name: 'no', named: true, plain: true, example: 'A-1' },
    { part: 'button', name: '1', button: 1, does: 'url', most: 20 },
  ],
  header: 'file',
  components: [
    { part: 'body', text: 'Bill {{no}}' },
    { part: 'button', text: 'Thanks', does: 'reply' },
    { part: 'button', text: 'Open', does: 'url', url: 'https://tea.example/{{button1.1}}' },
  ],
}
test('a file goes above it, values go to their parts', () => {
  const header = { type: 'file', attachment: file } as const
  expect(fillForSending(rich, { ...content('A-7', 'x7'), header, payloads: ['thanks'] })).toEqual({
    type: 'template',
    name: 'shipped',
    language: 'en',
    parameters: ['A-7', 'x7'],
    header,
    payloads: ['thanks'],
    text: 'Bill A-7',
    buttons: ['Thanks', 'Open'],
    parts: [
      { part: 'body', text: 'Bill A-7' },
      { part: 'button', text: 'Thanks', does: 'reply' },
      { part: 'button', text: 'Open', does: 'url', url: 'https://tea.example/x7' },
    ],
    places: [
      { part: 'body', name: 'no', named: true },
      { part: 'button', name: '1', button: 1, does: 'url' },
    ],
  })
})

test.each([
  ['no file', content('A-7', 'x7'), 'wants a header of type file'],
  ['a picture for a file', { ...content('A', 'x'), header: { type: 'image', attachment: file } }, 'of type file'],
  ['two lines', { ...content('A\n7', 'x7'), header: { type: 'file', attachment: file } }, 'Value 1 has a line break'],
  [
    'an end of an address with a space',
    { ...content('A', 'x 7'), header: { type: 'file', attachment: file } },
    'Value 2',
  ],
] as const)('%s is refused', (_what, given, detail) => {
  expect(() => fillForSending(rich, given)).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ detail: expect.stringContaining(detail) }) }),
  )
})

test('a picture above a template that has none is refused', () => {
  const header = { type: 'image', attachment: file } as const
  expect(() => fillForSending(template, { ...content('1', '2'), header })).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({ detail: expect.stringContaining('Nothing stands') }),
    }),
  )
})

test.each([
  ['one that is not there', null, ['1', '2'], 'no template shipped'],
  ['one that is not approved', { ...template, state: 'pending' as const }, ['1', '2'], 'is pending'],
  ['one that was rejected', { ...template, state: 'rejected' as const, reason: 'ABUSIVE' }, ['1', '2'], 'ABUSIVE'],
  ['a value too few', template, ['1'], 'wants 2 values'],
  ['a value too many', template, ['1', '2', '3'], 'wants 2 values'],
  ['a value of blanks', template, ['1', ' \n'], 'wants 2 values'],
])('%s is refused', (_what, known, values, detail) => {
  expect(() => fillForSending(known, content(...values))).toThrow(
    expect.objectContaining({
      code: 'content-not-sendable',
      details: expect.objectContaining({ detail: expect.stringContaining(detail) }),
    }),
  )
})
