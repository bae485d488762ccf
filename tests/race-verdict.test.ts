import { expect, test } from 'vitest'
import { outOfOrder } from '../bench/support/race-verdict.ts'

const first = { id: 'first', created: 0, left: 60_000 }
const later = ['a', 'b', 'c'].map((id, index) => ({ id, created: 10 + index, left: 60_000 }))
const began = new Map([['first', 100n]])
const decision = (item_id: string, at: number, seen_before: string, agent = 'li') => ({
  item_id,
  agent_ids: [agent],
  at,
  seen_before,
})
const offerOf = (item_id: string, made: number, agent_id = 'li') => ({
  id: `${item_id}-${made}`,
  item_id,
  agent_id,
  made,
})
const judge = (decisions: ReturnType<typeof decision>[], firstOfferedAt: number, earlier: { made: number }[] = []) =>
  outOfOrder(
    [first, ...later],
    [...earlier.map(({ made }) => offerOf('first', made)), offerOf('first', firstOfferedAt, 'wang')],
    [...decisions, decision('first', firstOfferedAt, '900', 'wang')],
    began,
  )

test('who is known to wait and passed over again and again is a fault', () => {
  expect(judge([decision('a', 1_000, '101'), decision('b', 2_000, '102')], 5_000)).toEqual([
    'a was offered to li while first, who came before, waited',
  ])
})

test('who was not seen yet is not passed over, however long ago that was by the clock', () => {
  expect(judge([decision('a', 30_000, '100'), decision('b', 31_000, '100')], 40_000)).toEqual([])
})

test('a claim that is made again in the next pass is none, however long the machine takes to get there', () => {
  expect(judge([decision('a', 1_000, '101'), decision('b', 1_000, '101')], 20_000)).toEqual([])
})

test('nor is one that is made again within moments, however many passes there are meanwhile', () => {
  expect(judge([decision('a', 1_000, '101'), decision('b', 1_100, '101'), decision('c', 1_200, '101')], 1_900)).toEqual(
    [],
  )
})

test('an agent who had it already may be given others', () => {
  expect(judge([decision('a', 2_000, '101'), decision('b', 3_000, '101')], 9_000, [{ made: 500 }])).toEqual([])
})
