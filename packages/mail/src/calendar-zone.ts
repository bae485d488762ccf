import ICAL from 'ical.js'
import { findIana } from 'windows-iana'
import type { CalendarTime } from './mail.ts'
import type { Line } from './calendar-lines.ts'

export interface LocalTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}
/** A local time in the zone of that name. */
export type ReadZone = (local: LocalTime, name: string) => CalendarTime

/**
 * Zones are meant by the names of the IANA or of Windows, whose rules are known here and right. What a mail says itself of
 * a zone counts where its name says nothing to anybody; else its distance from UTC, if the name tells it. A time of a zone
 * that nobody knows has none.
 */
export function zoneReader(blocks: readonly (readonly Line[])[]): ReadZone {
  const described = new Map<string, readonly Line[]>()
  for (const block of blocks) {
    const name = block.find((line) => line.name === 'TZID')?.value.trim()
    if (name !== undefined && !described.has(name)) described.set(name, block)
  }
  return (local, name) => {
    const zone = zoneNamed(name)
    if (zone !== null) return { kind: 'instant', at: instantIn(zone, local), zone }
    const block = described.get(name.trim())
    const seconds = (block && offsetOf(block, local)) ?? offsetIn(name)
    if (seconds === null) return { kind: 'floating', local: writtenLocal(local) }
    return { kind: 'instant', at: new Date(utcOf(local) - seconds * 1000).toISOString(), zone: null }
  }
}

/** Some put a path before it (`/freeassociation.sourceforge.net/Europe/Berlin`) or quotes around it. */
export function zoneNamed(given: string): string | null {
  const name = given.trim().replace(/^"|"$/g, '').slice(0, 100)
  if (/^(?:utc|gmt|z|etc\/utc|tzone:\/\/microsoft\/utc)$/i.test(name)) return 'UTC'
  const [windows] = findIana(name)
  const path = /(?:^|\/)([A-Za-z_]+\/[A-Za-z_+-]+(?:\/[A-Za-z_-]+)?)$/.exec(name)?.[1]
  return [windows, name, path].find((one) => one !== undefined && /^[A-Za-z]/.test(one) && isZone(one)) ?? null
}

function isZone(name: string): boolean {
  try {
    formatIn(name)
    return true
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}

const utcOf = ({ year, month, day, hour, minute, second }: LocalTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second)

const dayMs = 86_400_000

/** RFC 5545 §3.3.5: the first of an hour that there is twice; one that is left out is told by the clock before it. */
function instantIn(zone: string, local: LocalTime): string {
  const wanted = utcOf(local)
  const [before, after] = [offsetAt(zone, wanted - dayMs), offsetAt(zone, wanted + dayMs)]
  const real = [Math.max(before, after), Math.min(before, after)]
    .map((offset) => ({ at: wanted - offset, offset }))
    .find(({ at, offset }) => offsetAt(zone, at) === offset)
  return new Date(real?.at ?? wanted - before).toISOString()
}

function offsetAt(zone: string, instant: number): number {
  const at: Partial<Record<string, number>> = {}
  for (const { type, value } of formatIn(zone).formatToParts(instant)) at[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at
  return utcOf({ year, month, day, hour, minute, second }) - Math.floor(instant / 1000) * 1000
}

/** `(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi`, `GMT-0500`. */
function offsetIn(name: string): number | null {
  const [, sign, hours, minutes = '0'] = /\b(?:UTC|GMT)\s?([+-])(\d{1,2}):?(\d{2})?\b/i.exec(name) ?? []
  if (hours === undefined || Number(hours) > 14) return null
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60)
}

const zoneParts = new Set(['BEGIN', 'END', 'TZID', 'DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO', 'RRULE'])
/** One day of a month each year: any other rule could keep whoever follows it busy for ever. */
const yearly = /^FREQ=YEARLY;(?=.*BYMONTH=\d{1,2}\b)(?=.*BYDAY=-?[1-5](?:MO|TU|WE|TH|FR|SA|SU)\b)/i
const ruleParts =
  /^(?:(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=-?[1-5][A-Z]{2}|UNTIL=[\dTZ]+|WKST=[A-Z]{2})(?:;|$))+$/i

function offsetOf(block: readonly Line[], local: LocalTime): number | null {
  const kept = block.filter(({ name, value }) => {
    if (name === 'RRULE') return yearly.test(value) && ruleParts.test(value)
    return zoneParts.has(name)
  })
  try {
    const component = ICAL.Component.fromString(kept.map(({ text }) => text).join('\r\n'))
    const zone = new ICAL.Timezone({ component })
    const seconds = zone.utcOffset(new ICAL.Time({ ...local, isDate: false }, ICAL.Timezone.localTimezone))
    return Number.isFinite(seconds) && Math.abs(seconds) <= 18 * 3600 ? seconds : null
  } catch {
    return null
  }
}

const two = (number: number): string => String(number).padStart(2, '0')
const writtenLocal = ({ year, month, day, hour, minute, second }: LocalTime): string =>
  `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
export const writtenDay = ({ year, month, day }: Pick<LocalTime, 'year' | 'month' | 'day'>): string =>
  `${year}-${two(month)}-${two(day)}`
export const floating = (local: LocalTime): CalendarTime => ({ kind: 'floating', local: writtenLocal(local) })
export const inUtc = (local: LocalTime): CalendarTime => ({
  kind: 'instant',
  at: new Date(utcOf(local)).toISOString(),
  zone: 'UTC',
})
