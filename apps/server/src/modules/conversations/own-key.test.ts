import { expect, test } from 'vitest'
import { ownKey } from './own-key.ts'

test('a socket is told once of what it sent, and of nothing that another conversation has under the same key', () => {
  const sending = new Map([['k', 'mine']])
  expect(ownKey(sending, 'another', [{ clientKey: 'k' }])).toBeNull()
  expect(ownKey(sending, 'mine', [{ clientKey: null }, { clientKey: 'other' }])).toBeNull()
  expect(ownKey(sending, 'mine', [{ clientKey: 'other' }, { clientKey: 'k' }])).toBe('k')
  expect(ownKey(sending, 'mine', [{ clientKey: 'k' }])).toBeNull()
})
