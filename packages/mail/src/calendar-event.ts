import ICAL from 'ical.js'
import { readAddresses } from './addresses.ts'
import { type Line, plain, propertyOf, textOf } from './calendar-lines.ts'
import { readRepeats } from './calendar-repeats.ts'
import { floating, inUtc, type LocalTime, type ReadZone, writtenDay } from './calendar-zone.ts'
import { type Attendance, attendances, type CalendarEvent, type CalendarTime, type Guest } from './mail.ts'

const mostGuests = 200
/** Longer ones could not be answered: the name has to come back whole. */
const longestUid = 600

/** Null when there is no event, or none that says when. */
export function readEvent(lines: readonly Line[], inZone: ReadZone): CalendarEvent | null {
  const first = (name: string): Line | null => lines.find((line) => line.name === name) ?? null
  const start = timeOf(first('DTSTART'), inZone)
  if (start === null) return null
  const uid = plain(first('UID')?.value ?? '', longestUid + 1)
  const sequence = Number(/^\s*(\d{1,9})\s*$/.exec(first('SEQUENCE')?.value ?? '')?.[1] ?? 0)
  const recurrence = first('RECURRENCE-ID')
  const stamp = timeOf(first('DTSTAMP'), inZone)
  const guests = lines.filter(({ name }) => name === 'ATTENDEE')
  const organiser = first('ORGANIZER')
  return {
    uid: uid !== null && uid.length <= longestUid ? uid : null,
    sequence,
    stamp: stamp?.kind === 'instant' ? stamp.at : null,
    occurrence: timeOf(recurrence, inZone),
    start,
    end: endOf(lines, start, inZone),
    repeats: readRepeats(lines),
    organiser: organiser ? mailboxOf(organiser) : null,
    guests: guests.slice(0, mostGuests).flatMap((line) => guestOf(line) ?? []),
    guestCount: guests.length,
    cancelled: /^cancelled$/i.test(first('STATUS')?.value.trim() ?? ''),
    comment: textOf(first('COMMENT'), 1000),
  }
}

const written = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z)?)?/i

function timeOf(line: Line | null, inZone: ReadZone): CalendarTime | null {
  const [, year, month, day, hour, minute, second = '0', utc] = written.exec(line?.value.trim() ?? '') ?? []
  if (!line || year === undefined || month === undefined || day === undefined) return null
  const local: LocalTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Math.min(59, Number(second)),
  }
  if (!isReal(local)) return null
  if (hour === undefined) return { kind: 'day', day: writtenDay(local) }
  if (utc !== undefined) return inUtc(local)
  const zone = propertyOf(line)?.getFirstParameter('tzid')
  return zone ? inZone(local, zone) : floating(local)
}

const isReal = ({ year, month, day, hour, minute }: LocalTime): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1900 && year <= 2200 && date.getUTCMonth() === month - 1 && hour < 24 && minute < 60 && day > 0
}

/** Without an end or a length a day is a day long, and anything else takes no time (RFC 5545 §3.6.1). */
function endOf(lines: readonly Line[], start: CalendarTime, inZone: ReadZone): CalendarTime | null {
  const line = lines.find(({ name }) => name === 'DTEND' || name === 'DUE') ?? null
  const end = timeOf(line, inZone)
  if (end && end.kind === start.kind) return instantOf(end) > instantOf(start) ? end : null
  const duration = lines.find(({ name }) => name === 'DURATION')
  const value: unknown = duration && propertyOf(duration)?.getFirstValue()
  const seconds = value instanceof ICAL.Duration ? value.toSeconds() : 0
  return seconds > 0 && seconds < 400 * 86_400 ? later(start, seconds * 1000) : null
}

function instantOf(time: CalendarTime): number {
  if (time.kind === 'instant') return Date.parse(time.at)
  return Date.parse(time.kind === 'day' ? `${time.day}T00:00:00Z` : `${time.local}Z`)
}

function later(start: CalendarTime, ms: number): CalendarTime {
  const at = new Date(instantOf(start) + ms).toISOString()
  if (start.kind === 'day') return { kind: 'day', day: at.slice(0, 10) }
  return start.kind === 'instant' ? { ...start, at } : { kind: 'floating', local: at.slice(0, 19) }
}

function mailboxOf(line: Line): Guest['mailbox'] | null {
  const property = propertyOf(line)
  // Exchange and Google name in EMAIL who has no address in the value.
  const named = property?.getFirstParameter('email')
  const [inValue, inParameter] = [line.value.replace(/^\s*mailto:/i, ''), named ?? '']
  const address = [inValue, inParameter]
    .map((text) => readAddresses(text.trim().slice(0, 400))[0]?.address ?? '')
    .find((text) => text.includes('@') && text.length <= 320)
  if (address === undefined) return null
  return { name: plain(property?.getFirstParameter('cn') ?? '', 200) ?? '', address }
}

function guestOf(line: Line): Guest | null {
  const mailbox = mailboxOf(line)
  if (!mailbox) return null
  const property = propertyOf(line)
  const said = property?.getFirstParameter('partstat')?.toLowerCase() ?? ''
  const optional = /^(?:opt|non)-participant$/i.test(property?.getFirstParameter('role') ?? '')
  return { mailbox, attendance: attendanceOf(said), optional }
}

const attendanceOf = (said: string): Attendance => attendances.find((each) => each === said) ?? 'needs-action'
