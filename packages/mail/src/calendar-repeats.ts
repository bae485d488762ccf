import ICAL from 'ical.js'
import { type Line, propertyOf } from './calendar-lines.ts'
import { type CalendarRepeats, weekdays } from './mail.ts'

const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const
const other: CalendarRepeats = { every: 'other', interval: 1, days: [], count: null, until: null }

/** What can be said in a few words; anything else repeats in some `other` way. The rule is never followed. */
export function readRepeats(lines: readonly Line[]): CalendarRepeats | null {
  const rules = lines.filter(({ name }) => name === 'RRULE')
  const dates = lines.some(({ name }) => name === 'RDATE')
  const [rule] = rules
  if (!rule) return dates ? other : null
  const value: unknown = propertyOf(rule)?.getFirstValue()
  if (rules.length > 1 || dates || !(value instanceof ICAL.Recur)) return other
  const { freq, interval, count, until } = value
  const every = Object.entries(units).find(([name]) => name === freq)?.[1]
  const parts = Object.keys(value.parts)
  const days = daysOf(value)
  const isSimple = parts.every((part) => part === 'BYDAY') && (days.length === 0 || every === 'week')
  if (every === undefined || !isSimple || (parts.length > 0 && days.length === 0)) return other
  if (!Number.isSafeInteger(interval) || interval < 1 || interval > 1000) return other
  return {
    every,
    interval,
    days,
    count: typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : null,
    until: until ? (/^\d{4}-\d\d-\d\d/.exec(until.toString())?.[0] ?? null) : null,
  }
}

/** Empty when one of them is anything but a day of the week. */
function daysOf(rule: ICAL.Recur): CalendarRepeats['days'] {
  const named = rule.getComponent('BYDAY').slice(0, 400).map(String)
  const found = weekdays.filter((day) => named.includes(day))
  return found.length === new Set(named).size ? found : []
}
