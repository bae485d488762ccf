import { expect, test } from 'vitest'
import { hasRoom, unitsOver, unitsUsed } from './capacity.ts'
import { decide, eligibleAgents, explain, type RoutingState } from './decide.ts'
import { withOffer, withoutWork, withSilence } from './held-work.ts'
import { createRouter } from './router.ts'
import { agentNamed, chatsAtOnce, itemNamed, queueNamed } from './testing/plain.ts'
import { second, start } from './testing/worlds.ts'
import { unservable } from './unservable.ts'
import type { Agent, Queue, WorkItem } from './work-item.ts'

const byId = <Value extends { id: string }>(values: readonly Value[]) => new Map(values.map((each) => [each.id, each]))
const stateOf = (queues: readonly Queue[], agents: readonly Agent[], items: readonly WorkItem[]): RoutingState => ({
  queues: byId(queues),
  agents: byId(agents),
  waiting: byId(items),
})
const ids = ['ada', 'bo', 'chi']
const offersOf = (state: RoutingState, now = start) => decide(state, now).offers.map(({ agentIds }) => agentIds)

test('an interrupted mail goes on beside the chat, and no other mail comes in meanwhile', () => {
  const capacity = {
    units: 40,
    channels: new Map([
      ['mail', { units: 20, most: 2, interruptedBy: new Set(['chat']) }],
      ['chat', { units: 40, most: 1, interruptedBy: new Set<string>() }],
    ]),
  }
  const mail = { itemId: 'mail-1', channel: 'mail', silent: false }
  const ada = agentNamed('ada', { capacity, held: [mail] })
  expect([hasRoom(ada, 'chat'), hasRoom(ada, 'mail')]).toEqual([true, true])
  const both = withOffer(ada, itemNamed('chat-1', 'sales', start), start)
  expect([hasRoom(both, 'chat'), hasRoom(both, 'mail'), unitsOver(both)]).toEqual([false, false, 0])
})

test('who writes again reclaims their units at once, and nothing is offered until it fits', () => {
  let ada = agentNamed('ada', { capacity: chatsAtOnce(2) })
  for (const id of ['one', 'two']) ada = withOffer(ada, itemNamed(id, 'sales', start), start)
  ada = withSilence(ada, 'one', true)
  expect([unitsUsed(ada), hasRoom(ada, 'chat')]).toEqual([50, true])
  ada = withSilence(withOffer(ada, itemNamed('three', 'sales', start), start), 'one', false)
  expect([unitsUsed(ada), unitsOver(ada), hasRoom(ada, 'chat')]).toEqual([150, 50, false])
  expect(hasRoom(withoutWork(ada, 'two', start), 'chat')).toBe(false)
  expect(hasRoom(withoutWork(withoutWork(ada, 'two', start), 'three', start), 'chat')).toBe(true)
})

test('picking by hand may go over by the margin, and no further', () => {
  const ada = withOffer(agentNamed('ada'), itemNamed('one', 'sales', start), start)
  expect(hasRoom(ada, 'chat')).toBe(false)
  expect(hasRoom(ada, 'chat', { units: 100, count: 1 })).toBe(true)
  expect(hasRoom(ada, 'chat', { units: 99, count: 1 })).toBe(false)
  expect(hasRoom(ada, 'chat', { units: 100, count: 0 })).toBe(false)
  expect(hasRoom(ada, 'call', { units: 100, count: 1 })).toBe(false)
})

test('an offer that comes to nothing does not end the time an agent has been idle', () => {
  const rung = withOffer(agentNamed('ada'), itemNamed('one', 'sales', start), start + second)
  expect(withoutWork(rung, 'one', null).idleSince).toBe(start)
  expect(withoutWork(rung, 'one', start + 9 * second).idleSince).toBe(start + 9 * second)
  expect(withoutWork(rung, 'another', start + 9 * second)).toBe(rung)
})

test('by weight: who works half the day gets half as much, and no weight comes last', () => {
  const router = createRouter()
  router.setQueue(queueNamed('sales', ids, { selection: 'weighted' }))
  const weights = [100, 50, 0]
  for (const [index, id] of ids.entries())
    router.setAgent(agentNamed(id, { weight: weights[index], capacity: chatsAtOnce(100) }))
  for (let n = 0; n < 30; n += 1) router.setItem(itemNamed(`item-${n}`, 'sales', start))
  router.settle(start)
  expect(ids.map((id) => router.agents.get(id)?.held.length)).toEqual([20, 10, 0])
})

test('it rings for all who could take it; the first to accept frees the others', () => {
  const router = createRouter()
  router.setQueue(queueNamed('sales', ids, { selection: 'ring-all' }))
  for (const id of ids) router.setAgent(agentNamed(id, { available: id !== 'bo' }))
  router.setItem(itemNamed('one', 'sales', start))
  router.setItem(itemNamed('two', 'sales', start + 1))
  expect(router.settle(start).offers).toMatchObject([{ itemId: 'one', agentIds: ['ada', 'chi'] }])
  const chi = router.agents.get('chi')
  if (chi) router.setAgent(withoutWork(chi, 'one', null))
  expect(router.settle(start).offers).toMatchObject([{ itemId: 'two', agentIds: ['chi'] }])
})

test('a channel is capped by its count, even where units are left', () => {
  const capacity = {
    units: 100,
    channels: new Map([['chat', { units: 10, most: 2, interruptedBy: new Set<string>() }]]),
  }
  const items = ['one', 'two', 'three'].map((id) => itemNamed(id, 'sales', start))
  expect(offersOf(stateOf([queueNamed('sales', ids)], [agentNamed('ada', { capacity })], items))).toHaveLength(2)
})

test('no capacity at all: nothing is offered, whatever the policy, and the lead hears of it', () => {
  const nothing = { units: 0, channels: new Map([['chat', { units: 30, most: 3, interruptedBy: new Set<string>() }]]) }
  const queue = queueNamed('sales', ids, { selection: 'most-free' })
  const item = itemNamed('one', 'sales', start)
  const state = stateOf([queue], [agentNamed('ada', { capacity: nothing })], [item])
  expect(offersOf(state)).toEqual([])
  expect(unservable(state, item)).toBe('capacity')
  const free = { units: 0, channels: new Map([['chat', { units: 0, most: 1, interruptedBy: new Set<string>() }]]) }
  const costless = ['chi', 'bo'].map((id) => agentNamed(id, { capacity: free }))
  expect(offersOf(stateOf([queue], costless, [item]))).toEqual([['bo']])
})

test('what nobody could ever take is known at once, with what is missing', () => {
  const queue = queueNamed('sales', ids)
  const ada = agentNamed('ada', { skills: new Map([['billing', 2]]), languages: new Set(['zh']), present: false })
  const later = agentNamed('dee', { skills: new Map([['repairs', 5]]) })
  const item = (skill: string, level: 1 | 3, language = false): WorkItem =>
    itemNamed('one', 'sales', start, {
      language: 'en',
      steps: [
        { needs: [{ skill: 'none has it', level: 5 }], language: true, seconds: 10 },
        { needs: [{ skill, level }], language, seconds: 0 },
      ],
    })
  const lack = (waits: WorkItem, agents = [ada, later], queues = [queue]) =>
    unservable(stateOf(queues, agents, []), waits)
  expect(lack(item('billing', 1))).toBeNull()
  expect(lack(item('billing', 3))).toBe('skills')
  expect(lack(item('repairs', 1))).toBe('skills')
  expect(lack(item('billing', 1, true))).toBe('language')
  expect(lack(itemNamed('one', 'sales', start, { channel: 'call' }))).toBe('capacity')
  expect(lack(item('billing', 1), [later])).toBe('members')
  expect(lack(item('billing', 1), [ada], [])).toBe('queue')
  expect(lack({ ...item('repairs', 1), preferred: { agentId: 'dee', until: Infinity } })).toBeNull()
})

test('a queue that is deleted with people in it holds them; as soon as they have another they go on', () => {
  const router = createRouter()
  router.setQueue(queueNamed('sales', ids))
  router.setItem(itemNamed('one', 'sales', start))
  router.settle(start)
  router.removeQueue('sales')
  router.setAgent(agentNamed('ada'))
  expect(router.settle(start)).toEqual({ offers: [], wakeAt: null })
  const item = router.waiting.get('one')
  router.setQueue(queueNamed('service', ids))
  if (item) router.setItem({ ...item, queueId: 'service' })
  expect(router.settle(start).offers).toMatchObject([{ itemId: 'one', agentIds: ['ada'] }])
})

test('groups join in the order of their delays, however they are listed', () => {
  const groups = [
    { agentIds: new Set(['bo']), afterSeconds: 60 },
    { agentIds: new Set(['ada']), afterSeconds: 0 },
  ]
  const state = stateOf([queueNamed('sales', [], { groups })], [agentNamed('bo')], [itemNamed('one', 'sales', start)])
  expect(decide(state, start)).toEqual({ offers: [], wakeAt: start + 60 * second })
  expect(offersOf(state, start + 60 * second)).toEqual([['bo']])
})

test('a clock that was set back does not keep anybody from being served', () => {
  const router = createRouter()
  router.setQueue(queueNamed('sales', ids))
  router.setItem(itemNamed('one', 'sales', start))
  router.settle(start)
  router.setAgent(agentNamed('ada'))
  expect(router.settle(start - 3600 * second).offers).toMatchObject([{ itemId: 'one' }])
  // What is hardly late is taken for now: several processes never agree to the millisecond.
  router.setItem(itemNamed('two', 'sales', start - 3600 * second))
  router.setAgent(agentNamed('ada'))
  expect(router.settle(start - 3600.5 * second).offers).toMatchObject([{ itemId: 'two' }])
})

test('who else could have it, in whose turn it is', () => {
  const agents = ids.map((id, index) => agentNamed(id, { idleSince: start - index * second }))
  const item = itemNamed('one', 'sales', start, { declined: [{ agentId: 'bo', until: start + second }] })
  const state = stateOf([queueNamed('sales', ids)], agents, [item])
  expect(eligibleAgents(state, item, start)).toEqual(['chi', 'ada'])
  expect(offersOf(state)).toEqual([['chi']])
  expect(explain(state, item, start).find(({ agentId }) => agentId === 'bo')?.excluded).toBe('declined')
  expect(eligibleAgents(state, { ...item, queueId: 'gone' }, start)).toEqual([])
})

test('a line forgets who has left from its middle', () => {
  const router = createRouter()
  router.setQueue(queueNamed('sales', ids, { order: { by: 'wait', perMinute: 10, most: 100 } }))
  router.setItem(itemNamed('first', 'sales', start))
  for (let n = 0; n < 1000; n += 1) {
    router.setItem(itemNamed(`item-${n}`, 'sales', start + n))
    router.settle(start + n)
    if (n !== 700) router.removeItem(`item-${n}`)
  }
  router.setAgent(agentNamed('ada', { capacity: chatsAtOnce(3) }))
  expect(router.settle(start + 1000).offers.map(({ itemId }) => itemId)).toEqual(['first', 'item-700'])
})
