import { expect, test } from 'vitest'
import type { RoutingState } from './decide.ts'
import { estimateWait } from './estimate-wait.ts'
import {
  measure,
  measureLeaving,
  type MeasuredMean,
  nothingMeasured,
  patienceOf,
  type QueueMeasured,
} from './measured.ts'
import { seeded } from './random.ts'
import { estimateFor, placeOf, standings } from './standing.ts'
import { studyRow } from './testing/estimator-study.ts'
import { agentNamed, chatsAtOnce, itemNamed, queueNamed } from './testing/plain.ts'
import { studyRanges, twoGroups } from './testing/range-study.ts'
import { second, start } from './testing/worlds.ts'
import type { Agent, Queue, WorkItem } from './work-item.ts'

const hold: MeasuredMean = { count: 1000, meanSeconds: 300, variance: 300 ** 2 }
const known = new Map<string, QueueMeasured>(
  ['sales', 'service'].map((id) => [id, { hold, leaving: nothingMeasured.leaving }]),
)
const byId = <Value extends { id: string }>(values: readonly Value[]) => new Map(values.map((each) => [each.id, each]))
const stateOf = (queues: readonly Queue[], agents: readonly Agent[], items: readonly WorkItem[]): RoutingState => ({
  queues: byId(queues),
  agents: byId(agents),
  waiting: byId(items),
})
const busy = (id: string, change: Partial<Agent> = {}, count = 1, queueId = 'sales'): Agent =>
  agentNamed(id, {
    capacity: chatsAtOnce(count),
    held: Array.from({ length: count }, (_, n) => ({ itemId: `${id}-${n}`, channel: 'chat', silent: false, queueId })),
    ...change,
  })
const names = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index}`)
const line = (queueId: string, count: number, change: Partial<WorkItem> = {}) =>
  Array.from({ length: count }, (_, index) => itemNamed(`${queueId}-${index}`, queueId, start + index, change))
const meansOf = (state: RoutingState, measured = known) =>
  new Map([...standings(state, measured, start)].map(([id, { wait }]) => [id, wait && Math.round(wait.meanSeconds)]))

test('one queue: place and wait of everybody at once, as the formula has them', () => {
  const state = stateOf(
    [queueNamed('sales', names('a', 10))],
    names('a', 10).map((id) => busy(id)),
    line('sales', 5),
  )
  const all = standings(state, known, start, 'sales')
  expect([...all.values()].map(({ place }) => place)).toEqual([1, 2, 3, 4, 5])
  for (const [index, { wait }] of [...all.values()].entries())
    expect(wait?.meanSeconds).toBeCloseTo(
      estimateWait(index, { slots: 10, holdSeconds: 300, patienceSeconds: null })?.meanSeconds ?? NaN,
      6,
    )
  const third = state.waiting.get('sales-2')
  expect(third && placeOf(state, third, start)).toBe(3)
  expect(third && estimateFor(state, third, known, start)).toEqual(all.get('sales-2')?.wait)
})

test('slots count, not agents: three chats at once end three times as often', () => {
  const agents = names('a', 5).map((id) => busy(id, {}, 3))
  expect(meansOf(stateOf([queueNamed('sales', names('a', 5))], agents, line('sales', 1))).get('sales-0')).toBe(20)
})

test('only who is at work and can do it counts; nobody there, or too little known: nothing is said', () => {
  const queue = queueNamed('sales', names('a', 4))
  const [item] = line('sales', 1, { steps: [{ needs: [{ skill: 'billing', level: 2 }], language: false, seconds: 0 }] })
  if (!item) throw new Error('there is one')
  const able = { skills: new Map([['billing', 3 as const]]) }
  const agents = [
    busy('a0', able),
    busy('a1'),
    busy('a2', { ...able, available: false }),
    busy('a3', { ...able, present: false }),
  ]
  expect(meansOf(stateOf([queue], agents, [item])).get(item.id)).toBe(300)
  expect(meansOf(stateOf([queue], agents.slice(1), [item])).get(item.id)).toBeNull()
  expect(meansOf(stateOf([queue], [], [item])).get(item.id)).toBeNull()
  expect(meansOf(stateOf([{ ...queue, paused: true }], agents, [item])).get(item.id)).toBeNull()
  expect(meansOf(stateOf([], agents, [item])).get(item.id)).toBeUndefined()
  expect(meansOf(stateOf([queue], agents, [item]), new Map()).get(item.id)).toBeNull()
  const few = new Map([['sales', { hold: { ...hold, count: 19 }, leaving: nothingMeasured.leaving }]])
  expect(meansOf(stateOf([queue], agents, [item]), few).get(item.id)).toBeNull()
})

test('shared agents: those ahead count as far as they are taken by the same ones', () => {
  const [sales, service] = [
    queueNamed('sales', [...names('a', 10), ...names('c', 10)]),
    queueNamed('service', names('c', 10)),
  ]
  const agents = [...names('a', 10), ...names('c', 10)].map((id) => busy(id))
  const alone = meansOf(stateOf([sales, service], agents, line('sales', 10)))
  expect(alone.get('sales-9')).toBe(150)
  // A hundred of the other queue came before: the shared agents are theirs, sales has its own ten.
  const older = line('service', 100).map((item) => ({ ...item, createdAt: start - 60_000 }))
  const crowded = meansOf(stateOf([sales, service], agents, [...older, ...line('sales', 10)]))
  expect(crowded.get('sales-9')).toBeGreaterThan(280)
  expect(crowded.get('sales-9')).toBeLessThan(320)
  // And a hundred that came later do not stand in the way.
  const younger = line('service', 100).map((item) => ({ ...item, createdAt: start + 60_000 }))
  expect(meansOf(stateOf([sales, service], agents, [...younger, ...line('sales', 10)])).get('sales-9')).toBe(150)
})

test('work of another queue is released at its own pace', () => {
  const measured = new Map(known).set('service', {
    hold: { ...hold, meanSeconds: 1200 },
    leaving: nothingMeasured.leaving,
  })
  const state = stateOf([queueNamed('sales', ['a0'])], [busy('a0', {}, 1, 'service')], line('sales', 1))
  expect(meansOf(state, measured).get('sales-0')).toBe(1200)
})

test('a looser step and a later group come into it in their time', () => {
  const steps = [
    { needs: [{ skill: 'billing', level: 3 as const }], language: false, seconds: 60 },
    { needs: [], language: false, seconds: 0 },
  ]
  const expert = busy('a0', { skills: new Map([['billing', 5]]) })
  const others = names('b', 30).map((id) => busy(id))
  const state = stateOf(
    [queueNamed('sales', ['a0', ...names('b', 30)])],
    [expert, ...others],
    line('sales', 1, { steps }),
  )
  // The expert alone would take 300 s; after 60 s one of thirty more is free at once.
  expect(meansOf(state).get('sales-0')).toBe(60)
  const groups = [
    { agentIds: new Set(['a0']), afterSeconds: 0 },
    { agentIds: new Set(names('b', 30)), afterSeconds: 120 },
  ]
  const later = stateOf([queueNamed('sales', [], { groups })], [expert, ...others], line('sales', 1))
  expect(meansOf(later).get('sales-0')).toBe(120)
})

test('who waits for one agent waits for that one, until the window ends', () => {
  const agents = names('a', 30).map((id) => busy(id))
  const preferred = (seconds: number) => ({ preferred: { agentId: 'a3', until: start + seconds * second } })
  const state = (seconds: number) =>
    stateOf([queueNamed('sales', names('a', 30))], agents, line('sales', 1, preferred(seconds)))
  expect(meansOf(state(90)).get('sales-0')).toBe(90)
  expect(meansOf(state(900)).get('sales-0')).toBe(300)
})

test('where an agent is free there is no wait: so that queues can be compared before somebody is sent to one', () => {
  const free = agentNamed('b0')
  const state = stateOf([queueNamed('sales', ['a0']), queueNamed('service', ['b0'])], [busy('a0'), free], [])
  expect(estimateFor(state, itemNamed('new', 'sales', start), known, start)?.meanSeconds).toBe(300)
  expect(estimateFor(state, itemNamed('new', 'service', start), known, start)?.highSeconds).toBe(0)
})

test('patience is time waited per person lost, not the mean wait of the lost', () => {
  const random = seeded(5)
  let leaving = nothingMeasured.leaving
  expect(patienceOf(leaving)).toBeNull()
  for (let n = 0; n < 20_000; n += 1) {
    const [patience, wait] = [-Math.log(1 - random()) * 600, -Math.log(1 - random()) * 200]
    leaving = measureLeaving(leaving, { seconds: Math.min(patience, wait), gaveUp: patience < wait })
  }
  expect(Math.abs((patienceOf(leaving) ?? NaN) / 600 - 1)).toBeLessThan(0.1)
})

test('what varies much is remembered for longer', () => {
  const after = (variance: number) => measure({ count: 1e6, meanSeconds: 100, variance }, 200).meanSeconds
  expect(after(40_000)).toBeCloseTo(100 + 100 / 4000, 6)
  expect(after(10)).toBeCloseTo(100 + 100 / 1000, 6)
})

test.each([
  { name: 'ten agents', agents: 10, load: 0.95, theta: null },
  { name: 'ten agents and impatience', agents: 10, load: 1.2, theta: 0.5 },
])(
  'measured as the server would, it errs hardly more than with all rates known, and less than past waits: $name',
  (row) => {
    const between = (meanSeconds: number) => ({ kind: 'exponential' as const, meanSeconds })
    const errors = studyRow({ ...row, between }, 20_000, 3)
    expect(Math.sqrt(errors.estimate / errors.qlm)).toBeLessThan(1.05)
    expect(errors.estimate).toBeLessThan(errors.les)
    expect(errors.estimate).toBeLessThan(errors.lastTen)
  },
)

test('two skill groups, three chats at once, impatience: four of five ranges hold', () => {
  const { waited, within, toldWithin } = studyRanges(twoGroups(4, 2))
  expect(waited).toBeGreaterThan(500)
  expect(within / waited).toBeGreaterThan(0.8)
  expect(toldWithin).toBeGreaterThanOrEqual(within)
})
