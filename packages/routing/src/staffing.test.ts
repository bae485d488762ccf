import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlookWhenAllWait } from './erlang.ts'
import { agentsNeeded } from './staffing.ts'

test('200 calls an hour of 3 minutes, 80 % within 20 seconds: 14 agents', () => {
  const demand = { arrivalsPerSecond: 200 / 3600, handleSeconds: 180 }
  const staffing = agentsNeeded(demand, { share: 0.8, withinSeconds: 20 })
  expect(staffing?.agents).toBe(14)
  expect(staffing?.outlook.serviceLevel(20)).toBeCloseTo(0.8884, 4)
})

test('patience saves agents; a limit on occupancy costs some', () => {
  const demand = { arrivalsPerSecond: 48 / 60, handleSeconds: 60 }
  const target = { share: 0.8, withinSeconds: 20 }
  const patient = agentsNeeded(demand, target)?.agents ?? 0
  expect(agentsNeeded(demand, target, { patienceSeconds: 120 })?.agents).toBeLessThan(patient)
  expect(agentsNeeded(demand, { ...target, occupancy: 0.8 })?.agents).toBe(60)
})

test('it is the fewest', () => {
  const load = fc.double({ min: 0.1, max: 200, noNaN: true })
  fc.assert(
    fc.property(load, fc.integer({ min: 50, max: 99 }), (erlangs, percent) => {
      const demand = { arrivalsPerSecond: erlangs / 180, handleSeconds: 180 }
      const agents = agentsNeeded(demand, { share: percent / 100, withinSeconds: 20 })?.agents ?? 0
      expect(outlookWhenAllWait(demand, agents)?.serviceLevel(20)).toBeGreaterThanOrEqual(percent / 100)
      expect(outlookWhenAllWait(demand, agents - 1)?.serviceLevel(20) ?? 0).toBeLessThan(percent / 100)
    }),
    { numRuns: 50 },
  )
})

test('what cannot be met has no answer', () => {
  expect(
    agentsNeeded({ arrivalsPerSecond: 1, handleSeconds: 60 }, { share: 0.9, withinSeconds: 1 }, { most: 50 }),
  ).toBeNull()
})
