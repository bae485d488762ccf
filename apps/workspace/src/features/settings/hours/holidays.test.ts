import { expect, it } from 'vitest'
import { datesBetween, todayIn, withHolidays } from './holidays.ts'

it('lists every date of a range, across months', () => {
  expect(datesBetween('2026-09-30', '2026-10-02')).toEqual(['2026-09-30', '2026-10-01', '2026-10-02'])
  expect(datesBetween('2026-10-01', '2026-10-01')).toEqual(['2026-10-01'])
})
it('refuses ranges that are backwards, endless or no dates', () => {
  expect(datesBetween('2026-10-02', '2026-10-01')).toBeNull()
  expect(datesBetween('2026-01-01', '2027-01-01')).toBeNull()
  expect(datesBetween('', '2026-01-01')).toBeNull()
})
it('keeps one entry for a date, in order', () => {
  const old = [
    { date: '2026-10-03', name: 'c', intervals: [] },
    { date: '2026-10-01', name: 'old', intervals: [] },
  ]
  const merged = withHolidays(old, [{ date: '2026-10-01', name: 'new', intervals: [] }])
  expect(merged.map((one) => `${one.date} ${one.name}`)).toEqual(['2026-10-01 new', '2026-10-03 c'])
})
it('knows the date in the zone', () => {
  const at = new Date('2026-11-22T20:00:00Z')
  expect(todayIn('Asia/Shanghai', at)).toBe('2026-11-23')
  expect(todayIn('America/New_York', at)).toBe('2026-11-22')
})
