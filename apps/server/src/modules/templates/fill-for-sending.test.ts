import type { MessageTemplate } from '@qiao/protocol'
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
  components: [
    { part: 'header', text: 'Your order' },
    { part: 'body', text: '{{1}} comes on {{2}}' },
    { part: 'button', text: 'Track' },
  ],
}
const content = (...parameters: string[]) =>
  ({ type: 'template', name: 'shipped', language: 'en', parameters, text: 'You have won!' }) as const

test('the words are the approved ones', () => {
  expect(fillForSending(template, content(' 42 ', 'Friday'))).toEqual({
    type: 'template',
    name: 'shipped',
    language: 'en',
    parameters: ['42', 'Friday'],
    text: 'Your order\n42 comes on Friday',
    buttons: ['Track'],
  })
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
