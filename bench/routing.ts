import {
  type Agent,
  createRouter,
  decide,
  nothingMeasured,
  type Queue,
  type SkillLevel,
  standings,
  type WorkItem,
} from '@qiao/routing'
import { percentile, table } from './support/report.ts'

/**
 * The decision in memory: 2,000 agents, 30 skills, ever more people waiting. One event is a customer who comes or an agent
 * who finishes something. Beside it the plain `decide` over the same state, which looks at everything, and the place and
 * wait of everybody at once.
 */
const second = 1000
const start = Date.UTC(2026, 2, 2, 9)
const skills = Array.from({ length: 30 }, (_, n) => `skill-${n}`)
const channels = ['chat', 'mail', 'call']
const eventsMeasured = 4_000

/** The same numbers in every run (Park–Miller). */
let state = 42
const random = (below: number): number => {
  state = (state * 48_271) % 2_147_483_647
  return state % below
}
const level = (): SkillLevel => ([1, 2, 3, 4, 5] as const)[random(5)] ?? 1
function pick<Value>(values: readonly Value[]): Value {
  const value = values[random(values.length)]
  if (value === undefined) throw new Error('there is nothing to pick from')
  return value
}

const capacity = {
  units: 100,
  channels: new Map([
    ['chat', { units: 30, most: 3, interruptedBy: new Set(['call']) }],
    ['mail', { units: 20, most: 4, interruptedBy: new Set(['chat', 'call']) }],
    ['call', { units: 100, most: 1, interruptedBy: new Set<string>() }],
  ]),
}

function agentOf(n: number): Agent {
  return {
    id: `agent-${String(n).padStart(4, '0')}`,
    present: true,
    available: true,
    skills: new Map(Array.from({ length: 4 }, () => [pick(skills), level()])),
    languages: new Set(random(3) === 0 ? ['zh', 'en'] : ['zh']),
    capacity,
    held: [],
    idleSince: start - random(3600) * second,
    lastOfferAt: start - random(3600) * second,
    offers: 0,
    weight: 100,
  }
}

let items = 0
function itemOf(now: number): WorkItem {
  items += 1
  return {
    id: `item-${items}`,
    queueId: `queue-${random(10)}`,
    channel: pick(channels),
    language: random(4) === 0 ? 'en' : 'zh',
    priority: pick([0, 0, 0, 100, 300]),
    createdAt: now - random(600) * second,
    enteredAt: now,
    dueAt: null,
    steps: [
      { needs: [{ skill: pick(skills), level: level() }], language: true, seconds: 60 + random(120) },
      { needs: [{ skill: pick(skills), level: 1 }], language: false, seconds: 0 },
    ],
    preferred: null,
    declined: [],
  }
}

const hold = { count: 1000, meanSeconds: 300, variance: 300 ** 2 }
const measured = new Map(Array.from({ length: 10 }, (_, n) => [`queue-${n}`, { ...nothingMeasured, hold }] as const))

function world(waiting: number) {
  const router = createRouter()
  const agents = Array.from({ length: 2_000 }, (_, n) => agentOf(n))
  for (let n = 0; n < 10; n += 1) {
    const served = agents.filter((_, index) => index % 5 === n % 5).map(({ id }) => id)
    const queue: Queue = {
      id: `queue-${n}`,
      paused: false,
      order: { by: 'wait', perMinute: 5, most: 200 },
      selection: 'longest-idle',
      groups: [{ agentIds: new Set(served), afterSeconds: 0 }],
    }
    router.setQueue(queue)
  }
  for (const agent of agents) router.setAgent(agent)
  let now = start
  // Fills the agents first, then the queue.
  while (router.waiting.size < waiting) {
    for (let n = 0; n < 500; n += 1) router.setItem(itemOf(now))
    router.settle(now)
  }
  const ids = agents.map(({ id }) => id)
  return {
    router,
    /** A busy centre: as many come as are finished. */
    event: (): { took: number; offers: number } => {
      now += 5
      const finished = random(2) === 0
      const agent = router.agents.get(pick(ids))
      const started = performance.now()
      if (finished && agent) router.setAgent({ ...agent, held: agent.held.slice(1), idleSince: now })
      else router.setItem(itemOf(now))
      const { offers } = router.settle(now)
      return { took: performance.now() - started, offers: offers.length }
    },
    plain: (): number => {
      const started = performance.now()
      decide(router, now)
      return performance.now() - started
    },
    everybody: (): number => {
      const started = performance.now()
      standings(router, measured, now)
      return performance.now() - started
    },
  }
}

const rows = [2_000, 5_000, 20_000].map((waiting) => {
  const { event, plain, everybody, router } = world(waiting)
  for (let n = 0; n < 1_000; n += 1) event()
  const took: number[] = []
  let offers = 0
  for (let n = 0; n < eventsMeasured; n += 1) {
    const one = event()
    took.push(one.took)
    offers += one.offers
  }
  const total = took.reduce((sum, each) => sum + each, 0)
  return {
    waiting: router.waiting.size,
    mean: total / took.length,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    perSecond: (offers / total) * 1000,
    plain: waiting > 5_000 ? null : plain(),
    everybody: everybody(),
  }
})
console.log(
  table(
    ['waiting', 'mean ms', 'p50 ms', 'p99 ms', 'offers/s', 'plain decide ms', 'all waits ms'],
    rows.map(({ waiting, mean, p50, p99, perSecond, plain, everybody }) => [
      String(waiting),
      ...[mean, p50, p99].map((ms) => ms.toFixed(3)),
      perSecond.toFixed(0),
      plain === null ? '' : plain.toFixed(0),
      everybody.toFixed(0),
    ]),
  ),
)
const [few, , many] = rows
console.log(
  JSON.stringify({
    name: 'routing',
    value: many?.p99,
    unit: 'ms, p99 of one event at 2,000 agents × 20,000 waiting',
    floor: few?.p99,
    ratio: (many?.mean ?? NaN) / (few?.mean ?? NaN),
  }),
)
