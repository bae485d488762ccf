import { expect, test } from 'vitest'
import { fillHtml, fillText, stillOpen } from './placeholders.ts'

const fill = { agent: 'Li <Na>', customer: 'Wang & Co', number: '' }

test('what is known stands in its place, as words and never as HTML', () => {
  expect(fillText('{customer}: {agent}', fill)).toBe('Wang & Co: Li <Na>')
  expect(fillHtml('<p>{customer}</p><p>{agent}</p>', fill)).toBe('<p>Wang &amp; Co</p><p>Li &lt;Na&gt;</p>')
  expect(fillText('{customer}', { ...fill, customer: '$& {agent}' })).toBe('$& {agent}')
})

test('what is not known, and what is none, stays and is told', () => {
  const html = fillHtml('<p>#{number} {other} {number}</p>', fill)
  expect(html).toBe('<p>#{number} {other} {number}</p>')
  expect(stillOpen({ subject: 'for {customer}', html })).toEqual(['{customer}', '{number}'])
  expect(stillOpen({ subject: '', html: '<p>{}</p>' })).toEqual([])
})
