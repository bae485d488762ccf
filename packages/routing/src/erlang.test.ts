import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { erlangB, erlangC, outlookWhenAllWait, outlookWithPatience, waitPercentile } from './erlang.ts'

const loads = [
  [1, 2, 0.2, 0.333333, 0.333333, 0.70172],
  [1, 3, 0.0625, 0.090909, 0.045455, 0.927206],
  [5, 7, 0.120519, 0.32415, 0.162075, 0.740441],
  [5, 8, 0.070048, 0.167267, 0.055756, 0.880148],
  [10, 12, 0.119739, 0.449388, 0.224694, 0.640158],
  [10, 14, 0.056819, 0.174132, 0.043533, 0.88835],
  [20, 24, 0.066097, 0.298072, 0.074518, 0.808882],
  [50, 56, 0.045792, 0.309348, 0.051558, 0.841176],
  [100, 108, 0.034944, 0.32833, 0.041041, 0.86502],
] as const

test.each(loads)('%d erlangs, %d agents', (load, agents, blocked, waiting, asa, within20) => {
  const outlook = outlookWhenAllWait({ arrivalsPerSecond: load / 180, handleSeconds: 180 }, agents)
  expect(erlangB(load, agents)).toBeCloseTo(blocked, 6)
  expect(erlangC(load, agents)).toBeCloseTo(waiting, 6)
  expect((outlook?.asaSeconds ?? 0) / 180).toBeCloseTo(asa, 6)
  expect(outlook?.serviceLevel(20)).toBeCloseTo(within20, 6)
})

describe('published examples', () => {
  test('360 calls in half an hour, 55 agents', () => {
    const outlook = outlookWhenAllWait({ arrivalsPerSecond: 360 / 1800, handleSeconds: 240 }, 55)
    expect(outlook?.waiting).toBeCloseTo(0.2387, 4)
    expect(outlook?.serviceLevel(15)).toBeCloseTo(0.8459, 4)
    expect(outlook?.asaSeconds).toBeCloseTo(8.18, 2)
    expect(outlook?.occupancy).toBeCloseTo(0.8727, 4)
  })
  test('48 calls a minute, 50 agents, patience of two minutes', () => {
    const demand = { arrivalsPerSecond: 48 / 60, handleSeconds: 60 }
    const patient = outlookWhenAllWait(demand, 50)
    expect(patient?.waiting).toBeCloseTo(0.6945, 4)
    expect(patient?.asaSeconds).toBeCloseTo(20.83, 2)
    expect(patient?.meanQueueLength).toBeCloseTo(16.67, 2)
    expect(waitPercentile(demand, 50, 0.9)).toBeCloseTo(58.1, 1)
    const human = outlookWithPatience(demand, 50, 120)
    expect(human.abandonment).toBeCloseTo(0.0309, 4)
    expect(human.meanWaitSeconds).toBeCloseTo(3.71, 2)
    expect(human.meanQueueLength).toBeCloseTo(2.97, 2)
    expect(human.occupancy).toBeCloseTo(0.93, 3)
  })
})

test.each([
  [10, 10, 1, 0.5, 0.619655, 0.103913, 0.207826, 0.896087],
  [10, 12, 1, 1, 0.757608, 0.213632, 0.213632, 0.943641],
  [50, 55, 1, 0.5, 0.866234, 0.10208, 0.20416, 0.987712],
  [100, 100, 1, 1, 0.513299, 0.039861, 0.039861, 0.960139],
])('Erlang A: %d agents, arrivals %d, service %d, patience rate %d', (agents, lambda, mu, theta, ...wanted) => {
  const outlook = outlookWithPatience({ arrivalsPerSecond: lambda, handleSeconds: 1 / mu }, agents, 1 / theta)
  const found = [outlook.waiting, outlook.abandonment, outlook.meanWaitSeconds, outlook.occupancy]
  wanted.forEach((value, index) => expect(found[index]).toBeCloseTo(value, 6))
})

const world = fc.record({
  agents: fc.integer({ min: 1, max: 150 }),
  ratio: fc.double({ min: 0.1, max: 0.95, noNaN: true }),
  handleSeconds: fc.double({ min: 10, max: 1000, noNaN: true }),
})

test('endless patience is Erlang C', () => {
  fc.assert(
    fc.property(world, fc.double({ min: 0, max: 300, noNaN: true }), ({ agents, ratio, handleSeconds }, seconds) => {
      const demand = { arrivalsPerSecond: (agents * ratio) / handleSeconds, handleSeconds }
      const patient = outlookWhenAllWait(demand, agents)
      const almost = outlookWithPatience(demand, agents, 1e9)
      expect(almost.waiting).toBeCloseTo(patient?.waiting ?? NaN, 3)
      expect(almost.serviceLevel(seconds)).toBeCloseTo(patient?.serviceLevel(seconds) ?? NaN, 3)
    }),
  )
})

test('a service level is a share that grows with time, from those served at once to all that do not give up', () => {
  fc.assert(
    fc.property(world, fc.double({ min: 5, max: 2000, noNaN: true }), ({ agents, ratio, handleSeconds }, patience) => {
      const demand = { arrivalsPerSecond: (2 * agents * ratio) / handleSeconds, handleSeconds }
      const outlook = outlookWithPatience(demand, agents, patience)
      const levels = [0, 5, 20, 60, 1e7].map(outlook.serviceLevel)
      expect(levels[0]).toBeCloseTo(1 - outlook.waiting, 9)
      expect(levels.at(-1)).toBeCloseTo(1 - outlook.abandonment, 6)
      levels.slice(1).forEach((level, index) => expect(level).toBeGreaterThanOrEqual((levels[index] ?? 0) - 1e-6))
      // Everybody's wait is that of the served plus that of the others, who stay for a mean of their own.
      expect(outlook.asaSeconds).toBeLessThanOrEqual(outlook.meanWaitSeconds / (1 - outlook.abandonment) + 1e-9)
    }),
  )
})

test('more load than agents has no steady state without impatience', () => {
  expect(erlangC(5, 5)).toBeNull()
  expect(outlookWhenAllWait({ arrivalsPerSecond: 1, handleSeconds: 10 }, 9)).toBeNull()
  expect(outlookWithPatience({ arrivalsPerSecond: 1, handleSeconds: 10 }, 0, 60)).toMatchObject({
    abandonment: 1,
    occupancy: 0,
  })
})
