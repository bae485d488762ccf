import { expect, test } from 'vitest'
import { meanOf } from './confidence.ts'
import { outlookWhenAllWait, outlookWithPatience } from './erlang.ts'
import type { Duration } from './random.ts'
import { reportService } from './service-report.ts'
import { simulate } from './simulate.ts'
import type { Outcome } from './simulation.ts'
import { customers, hour, staff, world } from './testing/queueing.ts'
import { kleinrock, runClasses } from './testing/queueing-study.ts'

/**
 * A long run from which the first tenth is left out: it begins with an empty queue. The demand is that of this run, so that
 * what is left between simulation and formula is not the luck of the draw.
 */
function run(agents: number, load: number, customerCount: number, patienceSeconds: number | null = null) {
  const until = (customerCount * 180 * 1000) / load
  const patience: Duration | null =
    patienceSeconds === null ? null : { kind: 'exponential', meanSeconds: patienceSeconds }
  const result = simulate(world(staff(agents), [customers(load / 180, until, { patience })], until))
  const since = until / 10
  const counted = result.outcomes.filter(({ arrivedAt }) => arrivedAt >= since)
  const served = counted.filter(({ endedAt }) => endedAt !== null)
  const handled = served.reduce((sum, { answeredAt, endedAt }) => sum + (endedAt ?? 0) - (answeredAt ?? 0), 0)
  const demand = {
    arrivalsPerSecond: counted.length / ((until - since) / 1000),
    handleSeconds: handled / served.length / 1000,
  }
  return {
    demand,
    outcomes: counted,
    report: reportService(result, { withinSeconds: 20, since, shortAbandonSeconds: 0 }),
  }
}

const distance = (found: number, wanted: number | undefined): number => Math.abs(found / (wanted ?? NaN) - 1)

/** The standard error of the mean wait, from means of long stretches: waits close together are alike. */
function standardError(outcomes: readonly Outcome[]): number {
  const stretches = 30
  const length = Math.floor(outcomes.length / stretches)
  const means = Array.from({ length: stretches }, (_, index) => {
    const part = outcomes.slice(index * length, (index + 1) * length)
    return part.reduce((sum, { arrivedAt, answeredAt }) => sum + ((answeredAt ?? 0) - arrivedAt) / 1000, 0) / length
  })
  const mean = means.reduce((sum, each) => sum + each, 0) / stretches
  return Math.sqrt(means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (stretches - 1) / stretches)
}

test.each([
  [2, 1],
  [14, 10],
  [10, 9],
])('agrees with Erlang C as far as chance lets it: %d agents, %d erlangs', (agents, load) => {
  const { demand, report, outcomes } = run(agents, load, 60_000)
  const wanted = outlookWhenAllWait(demand, agents)
  expect(Math.abs(report.asaSeconds - (wanted?.asaSeconds ?? NaN))).toBeLessThan(3 * standardError(outcomes))
  expect(distance(report.serviceLevel, wanted?.serviceLevel(20))).toBeLessThan(0.03)
})

test.each([
  [10, 10, 360],
  [10, 12, 180],
  [50, 55, 360],
])(
  'agrees with Erlang A within three per cent: %d agents, %d erlangs, patience of %d seconds',
  (agents, load, patience) => {
    const { demand, report } = run(agents, load, 100_000, patience)
    const wanted = outlookWithPatience(demand, agents, patience)
    expect(distance(report.abandonment, wanted.abandonment)).toBeLessThan(0.03)
    expect(distance(report.meanWaitSeconds, wanted.meanWaitSeconds)).toBeLessThan(0.03)
    expect(distance(report.asaSeconds, wanted.asaSeconds)).toBeLessThan(0.03)
    expect(distance(report.serviceLevel, wanted.serviceLevel(20))).toBeLessThan(0.03)
  },
)

test.each([
  [1, [0.5, 0.4], [1, 3]],
  [10, [3, 3, 3], [1, 2, 4]],
])("ageing shares the wait as Kleinrock's formula has it: %d agents, loads %j, paces %j", (agents, loads, paces) => {
  const classes = { agents, loads, paces }
  const ratios = [1, 2].map((seed) => {
    // From the same customers in order of arrival: their luck is in both.
    const { firstCome, waits } = runClasses(classes, 20_000, seed)
    const wanted = kleinrock(classes, firstCome)
    return waits.map((wait, index) => wait / (wanted[index] ?? NaN))
  })
  for (const index of loads.keys())
    expect(distance(meanOf(ratios.map((each) => each[index] ?? NaN)), 1)).toBeLessThan(0.05)
})

test('offers that are missed ring on elsewhere, and the wait goes on', () => {
  const stream = customers(0, hour, {
    arrivals: { kind: 'recorded', at: [0] },
    handling: { kind: 'fixed', seconds: 60 },
  })
  const ring = { answerSeconds: 3, ringSeconds: 20, missShare: 0, coolDownSeconds: 60 }
  const outcome = (missShare: number, seed: number) =>
    simulate({ ...world(staff(2), [stream], hour), ring: { ...ring, missShare }, seed }).outcomes[0]
  expect(outcome(0, 1)).toMatchObject({ answeredAt: 3000, endedAt: 63_000, agentId: 'agent-000' })
  const missed = Array.from({ length: 20 }, (_, seed) => outcome(0.5, seed)).filter((one) => one?.answeredAt !== 3000)
  expect(missed.length).toBeGreaterThan(0)
  // Whom it rang for first is left alone for a minute; then the other has it, or both have missed it and it waits.
  for (const one of missed) expect([0, 20_000]).toContain(((one?.answeredAt ?? NaN) - 3000) % 80_000)
})

test('who hangs up while it rings frees the agent', () => {
  const arrivals = { kind: 'recorded' as const, at: [0, 1000] }
  const handling: Duration = { kind: 'fixed', seconds: 60 }
  const hasty = customers(0, hour, {
    arrivals: { kind: 'recorded', at: [0] },
    handling,
    patience: { kind: 'fixed', seconds: 2 },
  })
  const calm = customers(0, hour, { arrivals, handling })
  const ring = { answerSeconds: 5, ringSeconds: 20, missShare: 0, coolDownSeconds: 60 }
  const { outcomes } = simulate({
    ...world(staff(1), [hasty, { ...calm, arrivals: { kind: 'recorded', at: [1000] } }], hour),
    ring,
  })
  expect(outcomes).toMatchObject([
    { abandonedAt: 2000, answeredAt: null },
    { abandonedAt: null, answeredAt: 7000 },
  ])
})

test('after-contact work keeps the slot, counts as work and not as contact', () => {
  const stream = customers(0, hour, {
    arrivals: { kind: 'recorded', at: [0, 0] },
    handling: { kind: 'fixed', seconds: 100 },
    afterContact: { kind: 'fixed', seconds: 20 },
  })
  const result = simulate(world(staff(1), [stream], hour))
  expect(result.outcomes.map(({ endedAt }) => endedAt)).toEqual([100_000, 220_000])
  expect(reportService(result, { withinSeconds: 20 }).occupancy).toBeCloseTo(240 / 3600, 9)
})

test('what is in hand at the end of a shift is finished, and that time counts; then nobody is served', () => {
  const stream = customers(0, 2 * hour, {
    arrivals: { kind: 'recorded', at: [0, hour - 60_000, hour + 1000] },
    handling: { kind: 'fixed', seconds: 120 },
  })
  const shifts = [
    { from: 0, to: hour / 2 },
    { from: hour / 2, to: hour },
  ]
  const result = simulate({ ...world(staff(1, { shifts }), [stream], 2 * hour), intervalSeconds: 3600 })
  expect(result.outcomes.map(({ endedAt }) => endedAt)).toEqual([120_000, hour + 60_000, null])
  expect(result.intervals.map(({ used, total }) => [used / 100_000, total / 100_000])).toEqual([
    [180, 3600],
    [60, 60],
  ])
  expect(reportService(result, { withinSeconds: 20 })).toMatchObject({ offered: 3, answered: 2, serviceLevel: 2 / 3 })
})

test('the same seed gives the same day, another seed another', () => {
  const day = (seed: number) => ({ ...world(staff(3), [customers(0.02, 8 * hour)], 8 * hour), seed })
  expect(simulate(day(1))).toEqual(simulate(day(1)))
  expect(simulate(day(2))).not.toEqual(simulate(day(1)))
})

test('several conversations at once take longer each, and less in all', () => {
  const chats = (most: number) => ({
    units: 100,
    channels: new Map([['chat', { units: 30, most, interruptedBy: new Set<string>() }]]),
  })
  const stream = customers(0, 8 * hour, {
    arrivals: { kind: 'recorded', at: [0, 0, 0] },
    handling: { kind: 'fixed', seconds: 100 },
  })
  const result = (most: number) =>
    simulate({ ...world(staff(1, { capacity: chats(most) }), [stream], 8 * hour), slowdown: 0.1 }).outcomes
  expect(result(1).map(({ endedAt }) => endedAt)).toEqual([100_000, 200_000, 300_000])
  expect(result(3).map(({ endedAt }) => Math.round(endedAt ?? 0))).toEqual([120_000, 120_000, 120_000])
})
