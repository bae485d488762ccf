import { expect, test } from 'vitest'
import { exclusionNames } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { readCandidates, storeCandidates } from './stored-candidates.ts'

const candidates = [
  { agentId: uuidv7(), excluded: null, measure: 0.5 },
  { agentId: uuidv7(), excluded: null, measure: null },
  ...exclusionNames.flatMap((excluded) => [
    { agentId: uuidv7(), excluded, measure: null },
    { agentId: uuidv7(), excluded, measure: null },
  ]),
]

test('what is stored of a decision is read as it was made', () => {
  expect(readCandidates(JSON.parse(JSON.stringify(storeCandidates(candidates))))).toEqual(candidates)
  expect(readCandidates(storeCandidates([]))).toEqual([])
})

test('a decision among a hundred agents takes little room', () => {
  const busy = Array.from({ length: 100 }, () => ({ agentId: uuidv7(), excluded: 'no-room' as const, measure: null }))
  expect(JSON.stringify(storeCandidates(busy)).length).toBeLessThan(2_200)
})

test('older decisions are read as well', () => {
  const excluded = Object.fromEntries(
    exclusionNames.map((reason) => [reason, candidates.flatMap((one) => (one.excluded === reason ? one.agentId : []))]),
  )
  const able = candidates.flatMap((one): [string, number | null][] =>
    one.excluded === null ? [[one.agentId, one.measure]] : [],
  )
  expect(readCandidates({ able, excluded })).toEqual(candidates)
  expect(readCandidates(candidates)).toEqual(candidates)
})
