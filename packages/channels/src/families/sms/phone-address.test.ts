import { expect, test } from 'vitest'
import { phoneAddress, phoneAliases } from './phone-address.ts'

test.each([
  ['+86 138-0000-1234', '+8613800001234'],
  ['0086 13800001234', '+8613800001234'],
  ['＋１ (555) 123.4567', '+15551234567'],
  ['12345', '12345'],
  ['13800001234', null],
  ['+0123456789', null],
  ['+1234567890123456', null],
  ['whatsapp:+15551234567', null],
  ['SHOP', null],
  ['', null],
])('%s is %s', (text, address) => {
  expect(phoneAddress(text)).toBe(address)
  expect(phoneAddress(address ?? '')).toBe(address)
})

test('a short code is no phone number', () => {
  expect(phoneAliases('12345')).toEqual({})
  expect(phoneAliases('+15551234567')).toEqual({ aliases: [{ kind: 'phone', value: '+15551234567' }] })
})
