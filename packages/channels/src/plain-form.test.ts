import type { MessageContent } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { plainForm } from './plain-form.ts'

test.each([
  [12_800, 'CNY', '128.00 CNY'],
  [7000, 'JPY', '7000 JPY'],
  [1234, 'KWD', '1.234 KWD'],
])('%d minor units of %s are %s', (priceMinorUnits, currency, words) => {
  const product = { type: 'product', sku: 'LJ-1', title: 'Tea', priceMinorUnits, currency } as const
  expect(plainForm(product, { links: {} })).toBe(`Tea\n${words}`)
})

test('so is the total of an order', () => {
  const order: MessageContent = {
    type: 'order',
    number: '7',
    status: 'paid',
    totalMinorUnits: 7000,
    currency: 'JPY',
    lines: [],
  }
  expect(plainForm(order, { links: {}, language: 'en' })).toBe('7 · paid\nTotal 7000 JPY')
})
