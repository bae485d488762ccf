import { expect, test } from 'vitest'
import { openedIn } from './use-opened-id.ts'

test('an address of the view names its conversation, or none', () => {
  expect(openedIn('/inbox/all/0192', 'all')).toBe('0192')
  expect(openedIn('/inbox/all', 'all')).toBeUndefined()
  expect(openedIn('/inbox/all/', 'all')).toBeUndefined()
})

test('another view and another page say nothing of this one', () => {
  expect(openedIn('/inbox/mine/0192', 'all')).toBeNull()
  expect(openedIn('/contacts/0192', 'all')).toBeNull()
  expect(openedIn('/', 'all')).toBeNull()
})
