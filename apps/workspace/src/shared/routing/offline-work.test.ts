import { type HeldWork, type Queue, queueSettings } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { offlineQuestion, workOf } from './offline-work.ts'

const queueOf = (id: string, work: 'keep' | 'queue', agentMayChoose: boolean): Queue => ({
  id,
  name: id,
  calendarId: null,
  settings: queueSettings.parse({ whenAgentOffline: { work, agentMayChoose } }),
  pausedAt: null,
  createdAt: '2026-01-05T01:00:00.000Z',
  version: 1,
  changedBy: null,
  changedAt: null,
})
const queues = [
  queueOf('keeps', 'keep', true),
  queueOf('hands back', 'queue', true),
  queueOf('must keep', 'keep', false),
  queueOf('must hand back', 'queue', false),
]
const work = (queueId: string | null, other: Partial<HeldWork> = {}): HeldWork => ({
  itemId: 'item',
  conversationId: 'conversation',
  channel: 'web',
  queueId,
  purpose: 'serve',
  state: 'held',
  silent: false,
  units: 20,
  since: '2026-01-05T01:00:00.000Z',
  wrapUntil: null,
  needsDisposition: false,
  ...other,
})
const ask = (queueIds: (string | null)[], by: 'agent' | 'lead' = 'agent') =>
  offlineQuestion(
    queueIds.map((id) => work(id)),
    queues,
    by,
  )

test('nothing is asked of who has nothing in hand that they serve', () => {
  expect(ask([])).toBeNull()
  const others = [
    work('keeps', { state: 'offered' }),
    work('keeps', { state: 'wrap-up' }),
    work('keeps', { purpose: 'consult' }),
  ]
  expect(offlineQuestion(others, queues, 'agent')).toBeNull()
})

test('the choice begins at what the queue says; work without a queue stays', () => {
  const both = ['keep', 'queue']
  expect(ask(['keeps'])).toEqual({ choices: both, preselected: 'keep', kept: 1, queued: 0 })
  expect(ask(['hands back'])).toMatchObject({ choices: both, preselected: 'queue' })
  expect(ask([null])).toMatchObject({ choices: both, preselected: 'keep' })
})

test('where queues differ, each as it says is a choice of its own, and the first', () => {
  const mixed = ask(['keeps', 'hands back', 'hands back'])
  expect(mixed).toEqual({ choices: ['keep', 'queue', 'each'], preselected: 'each', kept: 1, queued: 2 })
  expect(workOf('each')).toEqual({})
  expect(workOf('queue')).toEqual({ work: 'queue' })
})

test('no choice is offered that a queue which decides itself would refuse', () => {
  expect(ask(['must keep'])).toBeNull()
  expect(ask(['must keep', 'must hand back'])).toBeNull()
  expect(ask(['keeps', 'must hand back'])).toMatchObject({ choices: ['queue', 'each'], preselected: 'each' })
  expect(ask(['hands back', 'must keep'])).toMatchObject({ choices: ['keep', 'each'], preselected: 'each' })
})

test('a lead may always choose', () => {
  expect(ask(['must keep'], 'lead')).toMatchObject({ choices: ['keep', 'queue'], preselected: 'keep' })
  expect(ask(['must keep', 'must hand back'], 'lead')).toMatchObject({ choices: ['keep', 'queue', 'each'] })
  expect(ask([], 'lead')).toBeNull()
})
