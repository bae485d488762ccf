import { expect, test } from 'vitest'
import { exclusionNames } from '@qiao/protocol'
import { readCandidates, storeCandidates } from './stored-candidates.ts'

test('what is stored of a decision is read as it was made, in either form', () => {
  const candidates = [
    { agentId: 'b', excluded: null, measure: 0.5 },
    { agentId: 'a', excluded: null, measure: 2 },
    ...exclusionNames.flatMap((excluded, n) => [
      { agentId: `x${n}`, excluded, measure: null },
      { agentId: `y${n}`, excluded, measure: null },
    ]),
  ]
  const stored = storeCandidates(candidates)
  expect(readCandidates(JSON.parse(JSON.stringify(stored)))).toEqual(candidates)
  expect(readCandidates(candidates)).toEqual(candidates)
  expect(readCandidates(storeCandidates([]))).toEqual([])
})
