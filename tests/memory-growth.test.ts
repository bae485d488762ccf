import { expect, test } from 'vitest'
import {
  flatMemory,
  memoryFaults,
  memoryGrowth,
  type MemorySample,
  sampleMemory,
} from '../bench/support/memory-growth.ts'

const flat = (done: number): MemorySample => ({ done, live: 80, resident: 300 })
const after = [1_000, 10_000, 20_000, 60_000, 100_000]

test('memory that stays where it was after the first tenth is no fault', () => {
  expect(memoryFaults(after.map(flat), 100_000, flatMemory)).toEqual([])
})

test('what is held for every mail is a fault', () => {
  const leaking = after.map((done) => ({ ...flat(done), live: 80 + done / 1_000 }))
  expect(memoryFaults(leaking, 100_000, flatMemory)).toEqual([
    'live memory grew by 90 MB after the first tenth, more than 24',
  ])
})

test('what lies outside the heap is seen by what the system gave', () => {
  const leaking = after.map((done) => ({ ...flat(done), resident: 300 + done / 100 }))
  expect(memoryFaults(leaking, 100_000, flatMemory)).toEqual([
    'resident memory grew by 900 MB after the first tenth, more than 160',
  ])
})

test('a run that measured one side only proves nothing', () => {
  expect(memoryFaults([flat(1_000)], 100_000, flatMemory)).toHaveLength(1)
  expect(memoryFaults([flat(50_000)], 100_000, flatMemory)).toHaveLength(1)
})

test('bytes that this process really holds are counted, what it let go is not', () => {
  const held: Buffer[] = []
  const before = sampleMemory(1)
  held.push(Buffer.alloc(40 * 1_048_576, 1))
  const samples = [before, sampleMemory(10)]
  expect(memoryGrowth(samples, 10).live).toBeGreaterThan(35)
  held.length = 0
  expect(memoryGrowth([before, sampleMemory(10)], 10).live).toBeLessThan(5)
})
