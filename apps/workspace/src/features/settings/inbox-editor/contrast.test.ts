import { expect, it } from 'vitest'
import { textOn } from './contrast.ts'

it('knows the ends of the scale', () => {
  expect(textOn('#000000')).toEqual({ text: 'white', ratio: 21 })
  expect(textOn('#ffffff').text).toBe('black')
  expect(textOn('#ffd400').text).toBe('black')
  expect(textOn('#1f6feb').text).toBe('white')
})
it('can be read on any grey, the hardest colours', () => {
  for (let grey = 0; grey < 256; grey += 1) {
    expect(textOn(`#${grey.toString(16).padStart(2, '0').repeat(3)}`).ratio).toBeGreaterThan(4.2)
  }
})
