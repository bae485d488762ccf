import { describe, expect, it } from 'vitest'
import { backOffMs } from './back-off.ts'
import { newId } from './new-id.ts'

describe('backing off', () => {
  it('doubles up to thirty seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 40].map((attempt) => backOffMs(attempt, () => 1))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ])
  })

  it('spreads over the upper half', () => {
    expect(backOffMs(5, () => 0)).toBe(15_000)
    expect(backOffMs(5, () => 0.5)).toBe(22_500)
  })
})

describe('ids', () => {
  it('are UUIDs of version 7 that sort by time', () => {
    const ids = [1, 2, 3, 1_800_000_000_000].map((now) => newId(now))
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(ids.toSorted()).toEqual(ids)
    expect(newId()).not.toBe(newId())
  })
})
