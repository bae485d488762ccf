import type { Calendar } from '@qiao/protocol'

export type Holiday = Calendar['holidays'][number]

const dayMs = 86_400_000
/** A golden week is 8 days; a longer closing than this is a mistake in the year. */
export const maxRangeDays = 31

/** Every date from the first to the last, as YYYY-MM-DD. Null when the range is backwards or too long. */
export function datesBetween(first: string, last: string): string[] | null {
  const from = Date.parse(`${first}T00:00:00Z`)
  const to = Date.parse(`${last}T00:00:00Z`)
  const days = (to - from) / dayMs + 1
  if (!Number.isInteger(days) || days < 1 || days > maxRangeDays) return null
  return Array.from({ length: days }, (_, index) => new Date(from + index * dayMs).toISOString().slice(0, 10))
}

/** In order of date; of two for one date the newer wins. */
export function withHolidays(old: readonly Holiday[], added: readonly Holiday[]): Holiday[] {
  const dates = new Set(added.map((one) => one.date))
  return [...old.filter((one) => !dates.has(one.date)), ...added].toSorted((a, b) => a.date.localeCompare(b.date))
}

/** Today's date in the calendar's own zone. */
export const todayIn = (zone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
