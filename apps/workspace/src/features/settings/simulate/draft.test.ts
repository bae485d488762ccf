import { type Queue, queueSettings, simulateQueue } from '@qiao/protocol'
import { expect, it } from 'vitest'
import { compared, requestOf, startingDraft, timeOf } from './draft.ts'

const queue: Queue = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Support',
  calendarId: null,
  settings: queueSettings.parse({}),
  pausedAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 1,
  changedAt: null,
  changedBy: null,
}
const week = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-08T00:00:00.000Z' }
const draft = startingDraft(queue, Array<number>(48).fill(4))

it('asks for what differs, and for nothing else', () => {
  expect(requestOf(draft, queue, week).changed).toEqual({})
  const more = {
    ...draft.changed,
    concurrency: 4,
    settings: { ...draft.changed.settings, selection: 'round-robin' as const },
  }
  const request = requestOf({ ...draft, from: 'process', changed: more }, queue, week)
  expect(request.changed).toEqual({ concurrency: 4, settings: { selection: 'round-robin' } })
  expect(simulateQueue.body.safeParse(request).success).toBe(true)
})

it('calls only that a difference which is more than chance', () => {
  const figure = (mean: number, half: number) => ({ mean, low: mean - half, high: mean + half })
  expect(compared(figure(10, 2), figure(15, 2))).toBe('more')
  expect(compared(figure(15, 2), figure(10, 2))).toBe('less')
  expect(compared(figure(10, 2), figure(13, 2))).toBe('within_error')
  expect(compared(figure(10, 2), figure(10, 2))).toBe('same')
})

it('names half hours', () =>
  expect([0, 18, 47].map((at) => timeOf(at))).toEqual(['00:00–00:30', '09:00–09:30', '23:30–24:00']))
