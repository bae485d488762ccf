import { expect, test } from 'vitest'
import { snoozePresets, toLocalInput } from './snooze-times.ts'

const keys = (now: Date): string[] => snoozePresets(now).map(({ key }) => key)

test('offers what is still to come', () => {
  expect(keys(new Date(2026, 0, 7, 10))).toEqual(['hour', 'evening', 'tomorrow', 'monday'])
  expect(keys(new Date(2026, 0, 7, 19))).toEqual(['hour', 'tomorrow', 'monday'])
})

test('next Monday is never today, and on a Sunday it is tomorrow', () => {
  const monday = snoozePresets(new Date(2026, 0, 5, 10)).find(({ key }) => key === 'monday')
  expect(monday?.until).toEqual(new Date(2026, 0, 12, 9))
  expect(keys(new Date(2026, 0, 4, 10))).not.toContain('monday')
})

test('writes local time for a field', () => expect(toLocalInput(new Date(2026, 0, 5, 9, 5))).toBe('2026-01-05T09:05'))
