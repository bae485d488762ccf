import { describe, expect, test } from 'vitest'
import type { ListFilters, Viewer } from './filters.ts'
import { belongs, compareItems } from './membership.ts'
import { sampleAt, sampleItem } from './sample.ts'

const viewer: Viewer = { agentId: 'me', teamIds: ['team-1'], inboxIds: ['inbox-1'], teamInboxIds: ['inbox-1'] }
const filters = (view: ListFilters['view'], change: Partial<ListFilters> = {}): ListFilters => ({
  view,
  sort: 'newest',
  ...change,
})

describe('which view holds a conversation', () => {
  const open = sampleItem(1)
  const mine = sampleItem(2, { assigneeId: 'me' })
  const others = sampleItem(3, { assigneeId: 'you', teamId: 'team-1' })
  const elsewhere = sampleItem(4, { teamId: 'team-2' })
  const snoozed = sampleItem(5, { state: 'snoozed', assigneeId: 'me' })
  const closed = sampleItem(6, { state: 'closed', assigneeId: 'me' })
  const cases = [
    ['mine', [mine]],
    ['unassigned', [open, elsewhere]],
    ['team', [open, mine, others]],
    ['all', [open, mine, others, elsewhere]],
    ['snoozed', [snoozed]],
    ['closed', [closed]],
  ] as const
  test.each(cases)('%s', (view, expected) => {
    const all = [open, mine, others, elsewhere, snoozed, closed]
    expect(all.filter((item) => belongs(item, filters(view), viewer) === 'yes')).toEqual(expected)
  })

  test('an unread mention belongs to mentions; one read before stays where it is listed', () => {
    expect(belongs({ ...open, mentioned: true }, filters('mentions'), viewer)).toBe('yes')
    expect(belongs(open, filters('mentions'), viewer)).toBe('unknown')
  })
})

test('who takes part or is asked sees a conversation of an inbox that is not theirs', () => {
  const elsewhere = { inboxId: 'inbox-9', assigneeId: 'you' }
  const all = (change: object) => belongs(sampleItem(1, { ...elsewhere, ...change }), filters('all'), viewer)
  expect(all({})).toBe('no')
  expect(all({ participantIds: ['me'] })).toBe('yes')
  expect(all({ consults: [{ id: 'c', agentId: 'me' }] })).toBe('yes')
})

test('what is no longer ours to see belongs nowhere', () => {
  const gone = sampleItem(1, { inboxId: 'inbox-9', teamId: 'team-9', assigneeId: 'you' })
  expect(belongs(gone, filters('all'), viewer)).toBe('no')
  expect(belongs({ ...gone, mentioned: true }, filters('mentions'), viewer)).toBe('no')
  expect(belongs(gone, filters('all'), { ...viewer, inboxIds: null })).toBe('yes')
})

test('filters narrow a view, and only the server answers a search', () => {
  const item = sampleItem(1, { tags: ['vip'], teamId: 'team-1' })
  expect(belongs(item, filters('all', { tag: 'vip', teamId: 'team-1', inboxId: 'inbox-1' }), viewer)).toBe('yes')
  expect(belongs(item, filters('all', { tag: 'other' }), viewer)).toBe('no')
  expect(belongs(item, filters('all', { search: 'x' }), viewer)).toBe('unknown')
})

describe('the order of a list', () => {
  const early = sampleItem(1, { lastActivityAt: sampleAt(1), waitingSince: sampleAt(9) })
  const late = sampleItem(2, { lastActivityAt: sampleAt(2), waitingSince: sampleAt(3) })
  const calm = sampleItem(3, { lastActivityAt: sampleAt(3) })
  const numbers = (change: Partial<ListFilters>): number[] =>
    [early, late, calm].toSorted(compareItems(filters('all', change))).map(({ conversation }) => conversation.number)
  test('newest and oldest go by activity', () => {
    expect(numbers({ sort: 'newest' })).toEqual([3, 2, 1])
    expect(numbers({ sort: 'oldest' })).toEqual([1, 2, 3])
  })
  test('who waits longest comes first, who does not wait last', () =>
    expect(numbers({ sort: 'waiting' })).toEqual([2, 1, 3]))
})
