import { expect, test } from 'vitest'
import { figureOf } from './confidence.ts'
import { compareRuns, runScenario, type Scenario, type ScenarioAgent, simulateScenario, summarise } from './scenario.ts'

const hour = 3_600_000
const agents = (count: number, shift = { from: 0, to: 8 * hour }): ScenarioAgent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `agent-${index}`,
    skills: { billing: 3 },
    languages: ['zh'],
    capacity: { units: 100, channels: { chat: { units: 30, most: 3, interruptedBy: [] } } },
    weight: 100,
    shifts: [shift],
  }))
const scenario = (staffed: readonly ScenarioAgent[]): Scenario => ({
  from: 0,
  until: 8 * hour,
  intervalMinutes: 60,
  slowdown: 0.05,
  queues: [
    {
      id: 'sales',
      order: { by: 'wait', perMinute: 1, most: 1000 },
      selection: 'most-free',
      groups: [{ agentIds: staffed.map(({ id }) => id), afterSeconds: 0 }],
      withinSeconds: 60,
    },
  ],
  agents: staffed,
  streams: [
    {
      queueId: 'sales',
      channel: 'chat',
      language: 'zh',
      priority: 0,
      steps: [{ needs: [{ skill: 'billing', level: 2 }], language: true, seconds: 0 }],
      arrivals: {
        kind: 'poisson',
        rates: [
          { until: 4 * hour, perSecond: 80 / 3600 },
          { until: 8 * hour, perSecond: 160 / 3600 },
        ],
      },
      handling: { kind: 'lognormal', meanSeconds: 400, variation: 0.8 },
      afterContact: { kind: 'fixed', seconds: 30 },
      patience: { kind: 'exponential', meanSeconds: 300 },
    },
  ],
})

test('goes through JSON both ways, with a mean between its bounds for every figure and hour', () => {
  const sent: Scenario = JSON.parse(JSON.stringify(scenario(agents(5))))
  const result = simulateScenario(sent, 6)
  expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  expect(result.intervals.map(({ at }) => at / hour)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  for (const figures of [result.queues['sales'], ...result.intervals.map(({ queues }) => queues['sales'])])
    for (const { mean, low, high } of Object.values(figures ?? {})) {
      expect(low).toBeLessThanOrEqual(mean ?? NaN)
      expect(high).toBeGreaterThanOrEqual(mean ?? NaN)
    }
  const busiest = (at: number) => result.intervals[at]?.queues['sales']?.occupancy.mean ?? NaN
  expect(busiest(6)).toBeGreaterThan(busiest(1))
  expect(result.queues['sales']?.offered.mean).toBeGreaterThan(900)
})

test('runs made apart are summed up as if made together', () => {
  const plan = scenario(agents(5))
  expect(summarise([1, 2, 3].map((seed) => runScenario(plan, seed)))).toEqual(simulateScenario(plan, 3))
})

test('a change is compared on the same customers: its bounds are closer than those of the results', () => {
  const [few, more] = [scenario(agents(5)), scenario(agents(6))].map((plan) =>
    [1, 2, 3, 4, 5, 6].map((seed) => runScenario(plan, seed)),
  )
  if (!few || !more) throw new Error('there are two')
  const change = compareRuns(few, more)['sales']
  expect(change?.serviceLevel.low).toBeGreaterThan(0)
  expect(change?.abandonment.high).toBeLessThan(0)
  expect(change?.offered).toEqual({ mean: 0, low: 0, high: 0 })
  const before = summarise(few).queues['sales']?.serviceLevel
  const width = (figure = { low: NaN, high: NaN } as { low: number | null; high: number | null }) =>
    (figure.high ?? NaN) - (figure.low ?? NaN)
  expect(width(change?.serviceLevel)).toBeLessThan(width(before))
})

test('hours without customers have no wait, and one run has no bounds', () => {
  const plan = scenario(agents(2, { from: 2 * hour, to: 4 * hour }))
  const [stream] = plan.streams
  const result = simulateScenario(
    { ...plan, streams: stream ? [{ ...stream, arrivals: { kind: 'recorded', at: [3 * hour] } }] : [] },
    1,
  )
  expect(result.intervals[0]?.queues['sales']).toMatchObject({ asaSeconds: { mean: null }, occupancy: { mean: 0 } })
  expect(result.intervals[3]?.queues['sales']).toMatchObject({ serviceLevel: { mean: 1, low: null, high: null } })
})

test("bounds by Student's t", () => {
  expect(figureOf([])).toEqual({ mean: null, low: null, high: null })
  expect(figureOf([1, null, 3])).toEqual({ mean: 2, low: 2 - 12.706, high: 2 + 12.706 })
  const { low, high } = figureOf(Array.from({ length: 61 }, (_, index) => index % 2))
  // t of 60 degrees of freedom: 2.000.
  expect(((high ?? NaN) - (low ?? NaN)) / 2 / Math.sqrt((30 * 31) / 61 / 60 / 61)).toBeCloseTo(2, 2)
})
