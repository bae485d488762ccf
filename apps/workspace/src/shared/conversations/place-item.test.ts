import { expect, test } from 'vitest'
import type { ListFilters, Viewer } from './filters.ts'
import { placeItem } from './place-item.ts'
import { sampleAt, sampleItem } from './sample.ts'

const viewer: Viewer = { agentId: 'me', teamIds: [], inboxIds: null, teamInboxIds: [] }
const all: ListFilters = { view: 'all', sort: 'newest' }
const list = [sampleItem(5), sampleItem(4), sampleItem(3)]
const numbers = (items: readonly ReturnType<typeof sampleItem>[]): number[] =>
  items.map(({ conversation }) => conversation.number)

test('a new conversation stands in its place', () => {
  expect(numbers(placeItem(list, sampleItem(9), all, viewer, false))).toEqual([9, 5, 4, 3])
})

test('a changed one moves', () => {
  const moved = sampleItem(3, { lastActivityAt: sampleAt(30) })
  expect(numbers(placeItem(list, moved, all, viewer, false))).toEqual([3, 5, 4])
})

test('one that no longer belongs leaves, and a stranger changes nothing', () => {
  expect(numbers(placeItem(list, sampleItem(4, { state: 'closed' }), all, viewer, false))).toEqual([5, 3])
  expect(placeItem(list, sampleItem(8, { state: 'closed' }), all, viewer, false)).toBe(list)
})

test('what would stand behind the last row read waits for its page', () => {
  expect(placeItem(list, sampleItem(1), all, viewer, true)).toBe(list)
  expect(numbers(placeItem(list, sampleItem(1), all, viewer, false))).toEqual([5, 4, 3, 1])
})

test('a row that is shown stays shown, even at the end of what was read', () => {
  const older = sampleItem(5, { lastActivityAt: sampleAt(0) })
  expect(numbers(placeItem(list, older, all, viewer, true))).toEqual([4, 3, 5])
})

test('a search result is updated in place but never added', () => {
  const search: ListFilters = { view: 'all', sort: 'newest', search: 'x' }
  expect(numbers(placeItem(list, sampleItem(4, { state: 'closed' }), search, viewer, false))).toEqual([5, 4, 3])
  expect(placeItem(list, sampleItem(9), search, viewer, false)).toBe(list)
})
