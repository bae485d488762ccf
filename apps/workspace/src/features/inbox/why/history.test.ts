import type { WorkItem } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { sampleAt, sampleId } from '../../../shared/conversations/sample.ts'
import { type Candidate, historyOf, sortCandidates } from './history.ts'

const item = (number: number, minute: number): WorkItem => ({
  id: sampleId(number),
  previousId: null,
  conversationId: sampleId(1),
  purpose: 'serve',
  queueId: sampleId(50),
  channel: 'web',
  language: null,
  priority: 0,
  createdAt: sampleAt(0),
  enteredAt: sampleAt(minute),
  dueAt: null,
  state: 'ended',
  agentId: null,
  preferredAgentId: null,
  silentSince: null,
  leftQueueAt: null,
  queueOutcome: 'transferred',
  acceptedAt: null,
  endedAt: null,
  wrapUntil: null,
  wrappedAt: null,
  dispositionId: null,
  toldWait: null,
})
const decision = (itemId: string, minute: number) => ({
  id: sampleId(70 + minute),
  at: sampleAt(minute),
  itemId,
  conversationId: sampleId(1),
  queueId: sampleId(50),
  agentIds: ['a'],
  step: 0,
  score: 1,
  policy: 'most-free',
  preferred: false,
  chosenBy: 'router' as const,
  candidates: [],
})
const offer = (itemId: string, minute: number) => ({
  id: sampleId(80 + minute),
  itemId,
  agentId: 'a',
  madeAt: sampleAt(minute),
  expiresAt: sampleAt(minute + 1),
  endedAt: null,
  outcome: null,
  reasonId: null,
})

test('each stay holds what was decided and offered in it, in order, the decision before its offer', () => {
  const [first, second] = [item(10, 0), item(11, 5)]
  const stays = historyOf({
    items: [second, first],
    decisions: [decision(first.id, 3), decision(first.id, 1), decision(second.id, 6)],
    offers: [offer(first.id, 1), offer(first.id, 3)],
  })
  expect(stays.map((stay) => stay.item.id)).toEqual([first.id, second.id])
  expect(stays[0]?.steps.map(({ type, at }) => `${type} ${at.slice(14, 16)}`)).toEqual([
    'decision 01',
    'offer 01',
    'decision 03',
    'offer 03',
  ])
  expect(stays[1]?.steps).toHaveLength(1)
})

test('those who can take it come by the measure of the policy; the rest by reason, the commonest first', () => {
  const candidates: Candidate[] = [
    { agentId: 'a', excluded: null, measure: 40 },
    { agentId: 'b', excluded: 'no-room', measure: null },
    { agentId: 'c', excluded: 'not-present', measure: null },
    { agentId: 'd', excluded: null, measure: 20 },
    { agentId: 'e', excluded: 'not-present', measure: null },
  ]
  expect(sortCandidates(candidates)).toEqual({
    able: [candidates[3], candidates[0]],
    excluded: [
      { why: 'not-present', agentIds: ['c', 'e'] },
      { why: 'no-room', agentIds: ['b'] },
    ],
  })
})
