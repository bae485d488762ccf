import { expect, test } from 'vitest'
import { choicesFor, mayBeNumber } from './recipient.ts'

test('a number is what people type as one', () => {
  const typed = ['+86 138-0000-1234', '13800001234', '(020) 7946 0018', '1069', 'Wang 138', '', '+']
  expect(typed.filter(mayBeNumber)).toEqual(['+86 138-0000-1234', '13800001234', '(020) 7946 0018'])
})

test('the number that is typed comes first, then who was found, by whatever is known of them', () => {
  const found = [
    { id: 'a', name: 'Wang', phone: '+8613800001234', email: null },
    { id: 'b', name: null, phone: null, email: 'li@example.com' },
    { id: 'c', name: null, phone: null, email: null },
  ]
  expect(choicesFor(' 13800001234 ', found, 'Nameless').map(({ recipient }) => recipient)).toEqual([
    { address: '13800001234' },
    { contactId: 'a', name: 'Wang', phone: '+8613800001234' },
    { contactId: 'b', name: 'li@example.com', phone: null },
    { contactId: 'c', name: 'Nameless', phone: null },
  ])
  expect(choicesFor('Wang', [], 'Nameless')).toEqual([])
})
