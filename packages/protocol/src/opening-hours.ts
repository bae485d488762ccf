import type { Hours, Interval } from './hours.ts'

// Free of zod: the widget carries this file and has bytes to count.

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Wall clock in a zone. Intl knows the zone's rules, so a change to summer time needs nothing here. */
function wallClock(at: Date, zone: string): { date: string; weekday: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? ''
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: weekdays.indexOf(part('weekday')),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  }
}

function intervalsOf(hours: Hours, date: string, weekday: number): readonly Interval[] {
  const special = hours.holidays.find((candidate) => candidate.date === date)
  return special ? special.intervals : (hours.weekly[weekday] ?? [])
}

export function isOpen(hours: Hours | null, at: Date): boolean {
  if (!hours || hours.alwaysOpen) return true
  const { date, weekday, minute } = wallClock(at, hours.timeZone)
  return intervalsOf(hours, date, weekday).some((open) => minute >= open.from && minute < open.to)
}

const dayMs = 86_400_000
const minuteMs = 60_000

/** The next instant at which it opens, looking at most 60 days ahead; null when it is open now or never opens. */
export function nextOpening(hours: Hours, after: Date): Date | null {
  if (isOpen(hours, after)) return null
  for (let day = 0; day <= 60; day += 1) {
    const probe = new Date(after.getTime() + day * dayMs)
    const { date, weekday, minute } = wallClock(probe, hours.timeZone)
    for (const open of intervalsOf(hours, date, weekday)) {
      if (day === 0 && open.from <= minute) continue
      const at = new Date(Math.floor(probe.getTime() / minuteMs) * minuteMs + (open.from - minute) * minuteMs)
      // Across a change of the clocks the difference of wall minutes is off by the shift: correct it once.
      const seen = wallClock(at, hours.timeZone)
      const shifted = new Date(at.getTime() + (open.from - seen.minute) * minuteMs)
      return seen.date === date ? shifted : at
    }
  }
  return null
}
