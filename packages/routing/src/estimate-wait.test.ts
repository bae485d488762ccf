import { expect, test } from 'vitest'
import { announced, estimateWait } from './estimate-wait.ts'
import { measure } from './measured.ts'

const busy = { slots: 10, holdSeconds: 300, patienceSeconds: null }

test('one release every thirty seconds: with four ahead it is the fifth', () => {
  const wait = estimateWait(4, busy)
  expect(wait?.meanSeconds).toBeCloseTo(150)
  // Quantiles 5 % and 95 % of Erlang(5, 1/30 s): half of those of chi-squared with 10 degrees of freedom, 3.940 and 18.307.
  expect(wait?.lowSeconds).toBeCloseTo(15 * 3.94, -0.5)
  expect(wait?.highSeconds).toBeCloseTo(15 * 18.307, -0.5)
})

test('the impatient make it shorter', () => {
  expect(estimateWait(20, { ...busy, patienceSeconds: 300 })?.meanSeconds).toBeLessThan(
    estimateWait(20, busy)?.meanSeconds ?? 0,
  )
})

test('says nothing when nobody serves, or nothing is known', () => {
  expect(estimateWait(3, { ...busy, slots: 0 })).toBeNull()
  expect(estimateWait(0, { ...busy, holdSeconds: null })).toBeNull()
})

test('is told in steps that grow with the wait', () => {
  const range = (low: number, high: number) =>
    announced({ lowSeconds: low * 60, highSeconds: high * 60, meanSeconds: 0 })
  expect(range(0.2, 0.6)).toEqual({ fromMinutes: 0, toMinutes: 1 })
  expect(range(2.7, 4.2)).toEqual({ fromMinutes: 2, toMinutes: 5 })
  expect(range(12, 17)).toEqual({ fromMinutes: 10, toMinutes: 20 })
  expect(range(31, 40)).toEqual({ fromMinutes: 30, toMinutes: 45 })
})

test('a measured mean is a plain mean at first and forgets what is long past', () => {
  const mean = [10, 20, 60].reduce((known, seconds) => measure(known, seconds), {
    count: 0,
    meanSeconds: 0,
    variance: 0,
  })
  expect(mean.count).toBe(3)
  expect(mean.meanSeconds).toBeCloseTo(30, 9)
  expect(mean.variance).toBeCloseTo((20 ** 2 + 10 ** 2 + 30 ** 2) / 3, 9)
  let drifting = { count: 1000, meanSeconds: 100, variance: 0 }
  for (let turn = 0; turn < 6000; turn += 1) drifting = measure(drifting, 200)
  expect(drifting.meanSeconds).toBeGreaterThan(199)
})
