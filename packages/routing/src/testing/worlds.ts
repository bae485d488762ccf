import * as fc from 'fast-check'
import type { Agent, CapacityProfile, Queue, SkillLevel, Step, WorkItem } from '../work-item.ts'
import { selectionPolicies } from '../work-item.ts'

/** Random small worlds in which everything that can go together does. Whole seconds and points: no rounding in scores. */
export const second = 1000
export const start = Date.UTC(2026, 2, 2, 9)

const agentIds = ['ada', 'bo', 'chi', 'dee', 'eve', 'fu']
const queueIds = ['sales', 'service', 'claims']
const channels = ['chat', 'mail', 'call']
const skills = ['billing', 'repairs']
const languages = ['zh', 'en']

const level = fc.constantFrom<SkillLevel>(1, 2, 3, 4, 5)
const capacity: fc.Arbitrary<CapacityProfile> = fc
  .record({ chat: fc.integer({ min: 0, max: 4 }), mail: fc.integer({ min: 0, max: 3 }), interruptible: fc.boolean() })
  .map(({ chat, mail, interruptible }) => ({
    units: 100,
    channels: new Map([
      ['chat', { units: 30, most: chat, interruptedBy: new Set<string>() }],
      ['mail', { units: 20, most: mail, interruptedBy: new Set(interruptible ? ['chat', 'call'] : []) }],
      ['call', { units: 100, most: 1, interruptedBy: new Set<string>() }],
    ]),
  }))

const skillMap = fc
  .array(fc.tuple(fc.constantFrom(...skills), level), { maxLength: 2 })
  .map((entries): ReadonlyMap<string, SkillLevel> => new Map(entries))

export const agent: fc.Arbitrary<Agent> = fc.record({
  id: fc.constantFrom(...agentIds),
  present: fc.boolean(),
  available: fc.boolean(),
  skills: skillMap,
  languages: fc.subarray(languages).map((some): ReadonlySet<string> => new Set(some)),
  capacity,
  held: fc
    .array(fc.record({ channel: fc.constantFrom('chat', 'mail'), silent: fc.boolean() }), { maxLength: 3 })
    .map((held) => held.map((each, index) => ({ ...each, itemId: `held-${index}` }))),
  idleSince: fc.integer({ min: 0, max: 60 }).map((ago) => start - ago * second),
  lastOfferAt: fc.integer({ min: 0, max: 60 }).map((ago) => start - ago * second),
  offers: fc.nat(10),
  weight: fc.constantFrom(0, 50, 100),
})

export const queue: fc.Arbitrary<Queue> = fc.record({
  id: fc.constantFrom(...queueIds),
  paused: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
  order: fc.record({
    by: fc.constantFrom('wait', 'deadline'),
    perMinute: fc.constantFrom(0, 60, 120),
    most: fc.constantFrom(60, 240, 100_000),
  }),
  selection: fc.constantFrom(...selectionPolicies),
  groups: fc.array(
    fc.record({
      agentIds: fc.subarray(agentIds).map((some): ReadonlySet<string> => new Set(some)),
      afterSeconds: fc.constantFrom(0, 0, 20, 60),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

const step: fc.Arbitrary<Step> = fc.record({
  needs: fc.uniqueArray(fc.record({ skill: fc.constantFrom(...skills), level }), {
    maxLength: 2,
    selector: ({ skill }) => skill,
  }),
  language: fc.boolean(),
  seconds: fc.constantFrom(10, 30),
})

/** `age` and `due` are seconds before and after the moment at which the item is put in. */
export const item = fc.record({
  id: fc.integer({ min: 0, max: 30 }).map((n) => `item-${n}`),
  queueId: fc.constantFrom(...queueIds),
  channel: fc.constantFrom(...channels),
  language: fc.constantFrom('zh', 'en', null),
  priority: fc.constantFrom(0, 0, 100, 300),
  age: fc.nat(120),
  due: fc.option(fc.integer({ min: -60, max: 300 })),
  steps: fc.array(step, { maxLength: 3 }),
  preferred: fc.option(fc.record({ agentId: fc.constantFrom(...agentIds), seconds: fc.constantFrom(5, 40) })),
  declined: fc.array(fc.record({ agentId: fc.constantFrom(...agentIds), seconds: fc.constantFrom(5, 40) }), {
    maxLength: 2,
  }),
})
type ItemSeed = typeof item extends fc.Arbitrary<infer Seed> ? Seed : never

export const itemAt = ({ age, due, preferred, declined, ...seed }: ItemSeed, now: number): WorkItem => ({
  ...seed,
  createdAt: now - age * second,
  enteredAt: now,
  dueAt: due === null ? null : now + due * second,
  preferred: preferred && { agentId: preferred.agentId, until: now + preferred.seconds * second },
  declined: declined.map(({ agentId, seconds }) => ({ agentId, until: now + seconds * second })),
})

export const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('item'), item }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('agent'), agent }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('free'), agentId: fc.constantFrom(...agentIds) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('time'), seconds: fc.integer({ min: 1, max: 45 }) }) },
  // A clock that is set right.
  { weight: 1, arbitrary: fc.record({ type: fc.constant('time'), seconds: fc.integer({ min: -90, max: -2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('decline'),
      agentId: fc.constantFrom(...agentIds),
      seconds: fc.constantFrom(5, 40),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('silence'), agentId: fc.constantFrom(...agentIds), silent: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('queue'), queue }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('item-gone'), id: item.map(({ id }) => id) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('agent-gone'), agentId: fc.constantFrom(...agentIds) }) },
)
export type WorldEvent = typeof event extends fc.Arbitrary<infer Event> ? Event : never
