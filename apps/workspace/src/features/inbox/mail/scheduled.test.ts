import { expect, test } from 'vitest'
import { leavingOf } from './scheduled.ts'

const now = Date.parse('2026-01-05T08:00:00Z')
const waiting = (sendAt: string) => leavingOf({ state: 'waiting', sendAt }, now)

test('what leaves at once is counted down, what leaves later has its time', () => {
  expect(waiting('2026-01-05T08:00:09.200Z')).toEqual({ is: 'soon', seconds: 10 })
  expect(waiting('2026-01-05T08:00:00Z')).toEqual({ is: 'leaving' })
  expect(waiting('2026-01-05T07:00:00Z')).toEqual({ is: 'leaving' })
  expect(waiting('2026-01-06T01:00:00Z')).toEqual({ is: 'later' })
})

test('what failed says so whatever its time', () =>
  expect(leavingOf({ state: 'failed', sendAt: '2026-01-06T01:00:00Z' }, now)).toEqual({ is: 'failed' }))
