import type { CalendarEvent, CalendarRepeats, CalendarTime } from '@qiao/protocol'
import type { Translate, WordKey } from '../../../shared/i18n.ts'
import type { invitationWords } from './invitation-words.ts'

type T = Translate<WordKey<typeof invitationWords>>
interface Reader {
  language: string
  /** Of the IANA. */
  timeZone: string
}

const date = { year: 'numeric', month: 'short', day: 'numeric' } as const
const day = { weekday: 'short', ...date } as const
const clock = { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Times without a zone are drawn as they are written. */
const momentOf = (time: CalendarTime): Date =>
  new Date(time.kind === 'instant' ? time.at : time.kind === 'day' ? `${time.day}T00:00:00Z` : `${time.local}Z`)

const written = (
  { start, end }: Pick<CalendarEvent, 'start' | 'end'>,
  language: string,
  options: Intl.DateTimeFormatOptions,
): string => {
  const format = new Intl.DateTimeFormat(language, options)
  const [from, to] = [momentOf(start), end ? momentOf(end) : null]
  return to ? format.formatRange(from, to) : format.format(from)
}

/** When it is, for whoever reads. */
export function whenOf(
  { start, end }: Pick<CalendarEvent, 'start' | 'end'>,
  { language, timeZone }: Reader,
  t: T,
): string {
  if (start.kind === 'day') {
    // The day after the last one is what calendars call the end.
    const last =
      end?.kind === 'day' ? new Date(momentOf(end).getTime() - 86_400_000).toISOString().slice(0, 10) : start.day
    const days = { start, end: last > start.day ? ({ kind: 'day', day: last } as const) : null }
    return t('wholeDay', { day: written(days, language, { ...day, timeZone: 'UTC' }) })
  }
  if (start.kind === 'floating')
    return t('floating', { time: written({ start, end }, language, { ...clock, timeZone: 'UTC' }) })
  return written({ start, end }, language, { ...clock, timeZone, timeZoneName: 'short' })
}

/** The same in the zone of the letter, where its clocks show something else. */
export function theirTime(
  { start, end }: Pick<CalendarEvent, 'start' | 'end'>,
  { language, timeZone }: Reader,
): string | null {
  if (start.kind !== 'instant' || start.zone === null || start.zone === 'UTC') return null
  const inZone = (zone: string): string => written({ start, end }, language, { ...clock, timeZone: zone })
  try {
    return inZone(start.zone) === inZone(timeZone) ? null : `${inZone(start.zone)} (${start.zone})`
  } catch {
    // A zone that this browser does not know.
    return null
  }
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
/** 4 January 1970 was a Sunday. */
const nameOfDay = (name: string, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 4 + weekdays.indexOf(name))),
  )

export function repeatsOf({ every, interval, days, count, until }: CalendarRepeats, language: string, t: T): string {
  if (every === 'other') return t('repeats.other')
  const what = interval === 1 ? t(`every.${every}`) : t(`repeats.${every}`, { count: interval })
  const names = new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' }).format(
    days.map((name) => nameOfDay(name, language)),
  )
  const on = days.length > 0 ? t('repeats.on', { what, days: names }) : what
  if (count !== null) return t('repeats.count', { what: on, count })
  if (until === null) return on
  const last = new Intl.DateTimeFormat(language, { ...date, timeZone: 'UTC' }).format(new Date(`${until}T00:00:00Z`))
  return t('repeats.until', { what: on, day: last })
}
