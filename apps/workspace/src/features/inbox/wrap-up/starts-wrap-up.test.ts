import { type HeldWork, type Queue, queueSettings } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { startsWrapUp, wrapUpOf } from './starts-wrap-up.ts'

const held = (change: Partial<HeldWork> = {}): HeldWork => ({
  itemId: 'i1',
  conversationId: 'c1',
  channel: 'web',
  queueId: 'q1',
  purpose: 'serve',
  state: 'held',
  silent: false,
  units: 20,
  since: '2026-01-05T08:00:00.000Z',
  wrapUntil: null,
  needsDisposition: false,
  ...change,
})
const queues = (mode: Queue['settings']['wrapUp']['mode']) =>
  new Map([['q1', { settings: queueSettings.parse({ wrapUp: { mode } }) }]])

test('after-contact work follows where the queue wants it, for whoever served', () => {
  expect(startsWrapUp([held()], 'c1', queues('timed'))).toBe(true)
  expect(startsWrapUp([held()], 'c1', queues('off'))).toBe(false)
  expect(startsWrapUp([held()], 'c2', queues('timed'))).toBe(false)
  expect(startsWrapUp([held({ purpose: 'join' })], 'c1', queues('timed'))).toBe(false)
  expect(startsWrapUp([held({ queueId: null })], 'c1', queues('timed'))).toBe(false)
})

test('the work to wrap up is found among all that is held', () => {
  const wrap = held({ itemId: 'i2', state: 'wrap-up' })
  expect(wrapUpOf([held(), wrap], 'c1')).toBe(wrap)
  expect(wrapUpOf([held()], 'c1')).toBeUndefined()
})
