import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { unitsUsed } from './capacity.ts'
import { decide, explain, type RoutingState } from './decide.ts'
import { withOffer } from './held-work.ts'
import { createRouter, type Router } from './router.ts'
import { event, itemAt, second, start, type WorldEvent } from './testing/worlds.ts'
import type { HeldWork } from './work-item.ts'

const worlds = { numRuns: 10_000 }
const history = fc.array(event, { minLength: 1, maxLength: 40 })

const snapshot = ({ queues, agents, waiting }: Router): RoutingState => ({
  queues: new Map(queues),
  agents: new Map(agents),
  waiting: new Map(waiting),
})

function apply(router: Router, happened: WorldEvent, now: number): void {
  switch (happened.type) {
    case 'item':
      return router.setItem(itemAt(happened.item, now))
    case 'agent':
      return router.setAgent(happened.agent)
    case 'free': {
      const agent = router.agents.get(happened.agentId)
      return agent && router.setAgent({ ...agent, held: agent.held.slice(1), idleSince: now })
    }
    case 'queue':
      return router.setQueue(happened.queue)
    case 'item-gone':
      return router.removeItem(happened.id)
    case 'agent-gone':
      return router.removeAgent(happened.agentId)
    case 'time':
      return undefined
    default:
      return happened satisfies never
  }
}

/** Plays a history; `check` sees the state before and the decision after each event. */
function play(
  events: readonly WorldEvent[],
  check: (before: RoutingState, decision: ReturnType<Router['settle']>, router: Router, now: number) => void,
): void {
  const router = createRouter()
  let now = start
  for (const happened of events) {
    if (happened.type === 'time') now += happened.seconds * second
    apply(router, happened, now)
    const before = snapshot(router)
    check(before, router.settle(now), router, now)
  }
}

test('quick and simple way decide alike, and wake at the same time', () => {
  fc.assert(
    fc.property(history, (events) => {
      play(events, (before, decision, _, now) => {
        const wanted = decide(before, now)
        expect(decision.offers).toEqual(wanted.offers)
        expect(decision.wakeAt).toBe(wanted.wakeAt)
      })
    }),
    worlds,
  )
})

test('nobody gets more than fits, what was declined, or what another is preferred for', () => {
  fc.assert(
    fc.property(history, (events) => {
      play(events, ({ agents, waiting }, { offers }, _, now) => {
        const held = new Map(agents)
        for (const { itemId, agentIds, preferred } of offers) {
          const item = waiting.get(itemId)
          if (!item) throw new Error(`${itemId} did not wait`)
          expect(item.declined.some(({ agentId, until }) => until > now && agentIds.includes(agentId))).toBe(false)
          expect(preferred ? agentIds : [item.preferred?.agentId]).toEqual([item.preferred?.agentId])
          for (const id of agentIds) {
            const agent = held.get(id)
            if (!agent) throw new Error(`${id} is not there`)
            const cost = agent.capacity.channels.get(item.channel)
            const stays = ({ channel }: HeldWork): boolean =>
              !agent.capacity.channels.get(channel)?.interruptedBy.has(item.channel)
            const same = agent.held.filter(({ channel, silent }) => channel === item.channel && !silent)
            expect(same.length).toBeLessThan(cost?.most ?? 0)
            const units = unitsUsed({ ...agent, held: agent.held.filter(stays) }) + (cost?.units ?? Infinity)
            expect(units).toBeLessThanOrEqual(agent.capacity.units)
            held.set(id, withOffer(agent, item, now))
          }
        }
      })
    }),
    worlds,
  )
})

test('nobody is free for what waits: an agent and an item that fit are never both left', () => {
  fc.assert(
    fc.property(history, (events) => {
      play(events, (_, __, router, now) => {
        for (const item of router.waiting.values())
          for (const candidate of explain(router, item, now)) expect(candidate.excluded).not.toBeNull()
      })
    }),
    worlds,
  )
})

test('with ageing everybody is served at last, however many important ones keep coming', () => {
  const agent = {
    id: 'ada',
    present: true,
    available: true,
    skills: new Map(),
    languages: new Set<string>(),
    capacity: { units: 100, channels: new Map([['chat', { units: 100, most: 1, interruptedBy: new Set<string>() }]]) },
    held: [],
    idleSince: start,
    lastOfferAt: start,
    offers: 0,
    weight: 100,
  }
  const router = createRouter()
  router.setQueue({
    id: 'sales',
    paused: false,
    order: { by: 'wait', perMinute: 10, most: 1000 },
    selection: 'longest-idle',
    groups: [{ agentIds: new Set(['ada']), afterSeconds: 0 }],
  })
  const arrive = (id: string, priority: number, now: number): void =>
    router.setItem({
      id,
      queueId: 'sales',
      channel: 'chat',
      language: null,
      priority,
      createdAt: now,
      enteredAt: now,
      dueAt: null,
      steps: [],
      preferred: null,
      declined: [],
    })
  arrive('patient', 0, start)
  // An important one every minute, a minute's work each: without ageing the patient one would never be served.
  let minutes = 0
  for (; minutes < 100; minutes += 1) {
    const now = start + minutes * 60 * second
    arrive(`important-${minutes}`, 300, now)
    router.setAgent(agent)
    router.settle(now)
    if (!router.waiting.has('patient')) break
  }
  // Then both have 300 points, and the patient one came first.
  expect(minutes).toBe(30)
})
