import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { unitsUsed } from './capacity.ts'
import { decide, explain } from './decide.ts'
import { withOffer } from './held-work.ts'
import { createRouter } from './router.ts'
import { history, play } from './testing/histories.ts'
import { agentNamed, itemNamed, queueNamed } from './testing/plain.ts'
import { second, start } from './testing/worlds.ts'
import type { HeldWork, WorkItem } from './work-item.ts'

const worlds = { numRuns: 10_000 }

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

test('the same state gives the same offers, in whatever order it was put together', () => {
  fc.assert(
    fc.property(history, (events) => {
      play(events, ({ queues, agents, waiting }, { offers }, _, now) => {
        const turned = {
          queues: new Map([...queues].toReversed()),
          agents: new Map([...agents].toReversed()),
          waiting: new Map([...waiting].toReversed()),
        }
        expect(decide(turned, now).offers).toEqual(offers)
      })
    }),
    worlds,
  )
})

const stepOf = fc.record({ seconds: fc.nat(90), priority: fc.nat(300), frees: fc.nat(3) })
const busyDay = fc.record({
  steps: fc.array(stepOf, { minLength: 5, maxLength: 30 }),
  perMinute: fc.integer({ min: 1, max: 60 }),
})

test('with ageing nobody is overtaken by who came later than their difference in points takes to gain', () => {
  fc.assert(
    fc.property(busyDay, ({ steps, perMinute }) => {
      const router = createRouter()
      const ids = ['ada', 'bo', 'chi']
      router.setQueue(queueNamed('sales', ids, { order: { by: 'wait', perMinute, most: 1e9 } }))
      let now = start
      for (const [index, { seconds, priority, frees }] of steps.entries()) {
        now += seconds * second
        router.setItem(itemNamed(`item-${index}`, 'sales', now, { priority }))
        for (const id of ids.slice(0, frees)) router.setAgent(agentNamed(id))
        const before = new Map(router.waiting)
        for (const { itemId } of router.settle(now).offers) {
          const served = before.get(itemId)
          // Minutes by which it came later, beyond those that its points are worth.
          const late = ({ createdAt, priority: points }: WorkItem): number =>
            ((served?.createdAt ?? NaN) - createdAt) / (60 * second) - ((served?.priority ?? NaN) - points) / perMinute
          expect(Math.max(-Infinity, ...[...router.waiting.values()].map(late))).toBeLessThan(1e-6)
        }
      }
    }),
    worlds,
  )
})

test('with ageing everybody is served at last, however many important ones keep coming', () => {
  const router = createRouter()
  router.setQueue(queueNamed('sales', ['ada'], { order: { by: 'wait', perMinute: 10, most: 1000 } }))
  router.setItem(itemNamed('patient', 'sales', start))
  // An important one every minute, a minute's work each: without ageing the patient one would never be served.
  let minutes = 0
  for (; minutes < 100; minutes += 1) {
    const now = start + minutes * 60 * second
    router.setItem(itemNamed(`important-${minutes}`, 'sales', now, { priority: 300 }))
    router.setAgent(agentNamed('ada'))
    router.settle(now)
    if (!router.waiting.has('patient')) break
  }
  // Then both have 300 points, and the patient one came first.
  expect(minutes).toBe(30)
})
