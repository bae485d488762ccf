import { type Queue, type QueueLoad, type Team, type WorkItem, queueSettings } from '@qiao/protocol'
import { describe, expect, it } from 'vitest'
import { inOrder, latenessOf, rowsOf, serversOf, totalsOf } from './queue-rows.ts'
import { clock } from './timer.tsx'

const queue = (id: string, settings: Parameters<typeof queueSettings.parse>[0] = {}): Queue => ({
  id,
  name: id,
  calendarId: null,
  settings: queueSettings.parse(settings),
  pausedAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  changedAt: null,
  changedBy: null,
})
const load = (queueId: string, part: Partial<QueueLoad> = {}): QueueLoad => ({
  queueId,
  open: true,
  paused: false,
  waiting: 0,
  offered: 0,
  held: 0,
  longestSince: null,
  available: 0,
  present: 0,
  wait: null,
  today: {
    offered: 0,
    answered: 0,
    answeredInTime: 0,
    abandoned: 0,
    shortAbandoned: 0,
    serviceLevel: null,
    asaSeconds: null,
  },
  alarms: [],
  ...part,
})
const now = Date.parse('2026-01-01T12:00:00.000Z')
const item = (id: string, waitedMinutes: number, part: Partial<WorkItem> = {}): WorkItem => ({
  id,
  previousId: null,
  conversationId: id,
  purpose: 'serve',
  queueId: 'a',
  channel: 'web',
  language: null,
  priority: 0,
  createdAt: new Date(now - waitedMinutes * 60_000).toISOString(),
  enteredAt: new Date(now - waitedMinutes * 60_000).toISOString(),
  dueAt: null,
  state: 'waiting',
  agentId: null,
  preferredAgentId: null,
  silentSince: null,
  leftQueueAt: null,
  queueOutcome: null,
  acceptedAt: null,
  endedAt: null,
  wrapUntil: null,
  wrappedAt: null,
  dispositionId: null,
  toldWait: null,
  ...part,
})
const ids = (items: WorkItem[]): string => items.map((one) => one.id).join('')

describe('the rows', () => {
  it('are the queues that the board tells of', () => {
    expect(rowsOf([queue('a'), queue('b')], [load('b'), load('deleted')]).map((row) => row.queue.id)).toEqual(['b'])
  })
  it('add up, the service level by what was counted and not by the mean of the means', () => {
    const today = { offered: 0, shortAbandoned: 1, serviceLevel: null, asaSeconds: null }
    const rows = rowsOf(
      [queue('a'), queue('b')],
      [
        load('a', {
          waiting: 2,
          longestSince: '2026-01-01T11:50:00.000Z',
          today: { ...today, answered: 90, answeredInTime: 80, abandoned: 6 },
        }),
        load('b', {
          waiting: 1,
          longestSince: '2026-01-01T11:40:00.000Z',
          today: { ...today, answered: 5, answeredInTime: 1, abandoned: 1 },
        }),
      ],
    )
    const totals = totalsOf(rows)
    expect(totals.waiting).toBe(3)
    expect(totals.longest?.queue.id).toBe('b')
    expect(totals.serviceLevel).toBe(81 / 100)
    expect(totalsOf([]).serviceLevel).toBeNull()
  })
  it('know who serves', () => {
    const team: Team = { id: 't', name: '', description: '', agentIds: ['1', '2'], inboxIds: [] }
    const served = queue('a')
    const groups = [
      { teamIds: ['t'], agentIds: [], afterSeconds: 0 },
      { teamIds: [], agentIds: ['3'], afterSeconds: 60 },
    ]
    const servers = serversOf({ ...served, settings: { ...served.settings, groups } }, [team])
    expect([...servers].toSorted()).toEqual(['1', '2', '3'])
  })
})

describe('the order', () => {
  it('is by points and waiting, at most what waiting gives', () => {
    const items = [item('a', 5), item('b', 9), item('c', 1, { priority: 20 })]
    expect(ids(inOrder(items, queue('q'), now))).toBe('cba')
    expect(ids(inOrder(items, queue('q', { order: { perMinute: 10 } }), now))).toBe('bac')
    expect(ids(inOrder(items, queue('q', { order: { perMinute: 10, most: 0 } }), now))).toBe('cba')
  })
  it('by deadline puts first what is due first, and last what is not due', () => {
    const due = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
    const items = [item('a', 60), item('b', 1, { dueAt: due(30) }), item('c', 2, { dueAt: due(5) })]
    expect(ids(inOrder(items, queue('q', { order: { by: 'deadline' } }), now))).toBe('cba')
  })
})

it('colours by the target', () => {
  expect([20, 31, 60, 61].map((seconds) => latenessOf(seconds * 1000, 60))).toEqual(['fine', 'near', 'near', 'late'])
})

it('shows hours only when there are some', () => {
  expect([-5, 7000, 247_000, 3_729_000].map(clock)).toEqual(['0:00', '0:07', '4:07', '1:02:09'])
})
