import { expect, test } from 'vitest'
import { applyToItem } from './apply-to-item.ts'
import { assigned, noted, received, recalled, sampleItem, sent } from './sample.ts'
import { type Timeline, appendEntries, prependEntries } from './timeline.ts'

const held: Timeline = { entries: [received(1), received(2)], hasMore: false }
const seqs = (timeline: Timeline): number[] => timeline.entries.map(({ seq }) => seq)

test('entries follow in order, repeats are ignored', () => {
  const { timeline, missing } = appendEntries(held, [received(2), received(3), received(4)])
  expect(seqs(timeline)).toEqual([1, 2, 3, 4])
  expect(missing).toBe(false)
  expect(appendEntries(held, [received(1), received(2)]).timeline).toBe(held)
})

test('at a gap it stops and says so', () => {
  const { timeline, missing } = appendEntries(held, [received(3), received(5)])
  expect(seqs(timeline)).toEqual([1, 2, 3])
  expect(missing).toBe(true)
})

test('a recall reaches a message held before and one that comes in the same part', () => {
  const before = appendEntries(held, [recalled(3, received(2).id)]).timeline.entries[1]
  expect(before && 'revision' in before && before.revision?.recalledAt).toBeTruthy()
  const together = appendEntries(held, [sent(3), recalled(4, sent(3).id)]).timeline.entries[2]
  expect(together && 'revision' in together && together.revision?.recalledAt).toBeTruthy()
})

test('older parts go in front without repeating what is held', () => {
  const later: Timeline = { entries: [received(5)], hasMore: true }
  const whole = prependEntries(later, [received(3), received(4), received(5)], false)
  expect(seqs(whole)).toEqual([3, 4, 5])
  expect(whole.hasMore).toBe(false)
})

test('a row counts what the customer wrote and notices a mention of the viewer', () => {
  const item = sampleItem(1)
  const after = [received(2), noted(3, ['me']), assigned(4, 'me')].reduce(
    (row, entry) => applyToItem(row, entry, 'me'),
    item,
  )
  expect(after.unreadCount).toBe(1)
  expect(after.mentioned).toBe(true)
  expect(after.conversation).toMatchObject({ assigneeId: 'me', lastSeq: 4, waitingSince: received(2).at })
  expect(applyToItem(after, received(2), 'me')).toBe(after)
})
