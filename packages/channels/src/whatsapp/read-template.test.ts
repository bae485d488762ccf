import { expect, test } from 'vitest'
import { templateOf } from './read-template.ts'

const read = (components: object[], more: object = {}) =>
  templateOf({ name: 'a', language: 'en', status: 'APPROVED', category: 'UTILITY', components, ...more })
const body = { type: 'BODY', text: 'Hello {{2}} of {{1}}', example: { body_text: [['tea', 'Ann']] } }

test('numbered values are asked for in the order of their numbers', () => {
  expect(read([body])).toMatchObject({
    parameters: ['1', '2'],
    places: [
      { name: '1', example: 'tea' },
      { name: '2', example: 'Ann' },
    ],
    state: 'approved',
  })
})

test('the header counts for itself', () => {
  expect(read([{ type: 'HEADER', format: 'TEXT', text: 'For {{1}}' }, body])).toMatchObject({
    text: 'For {{header.1}}\nHello {{2}} of {{1}}',
    parameters: ['header.1', '1', '2'],
  })
})

test.each([
  ['OTP', [body, { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copy code' }] }], /Login codes/],
  [
    'a login code as it is listed',
    [body, { type: 'BUTTONS', buttons: [{ type: 'URL', url: 'https://www.whatsapp.com/otp/code/?code={{1}}' }] }],
    /Login codes/,
  ],
  ['a flow', [body, { type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Book' }] }], /Flow/],
  ['a carousel', [body, { type: 'CAROUSEL', cards: [] }], /several cards/],
  ['an offer', [{ type: 'LIMITED_TIME_OFFER', limited_time_offer: {} }, body], /runs out/],
  ['a product', [{ type: 'HEADER', format: 'PRODUCT' }, body], /product/],
])('%s is beyond us, in words', (_what, components, reason) => {
  const template = read(components)
  expect(template?.state).toBe('disabled')
  expect(template?.reason).toMatch(reason)
})

test('what is not of the documented shape is skipped', () => expect(templateOf({ name: 1 })).toBeNull())
