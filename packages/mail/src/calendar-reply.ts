import type { Address, Attendance, CalendarEvent, CalendarTime } from './mail.ts'

export interface CalendarReply {
  event: Pick<CalendarEvent, 'sequence' | 'occurrence' | 'start' | 'end' | 'repeats'> & {
    uid: string
    organiser: Address
  }
  summary: string | null
  /** Who answers, under the address that was invited. */
  guest: Address
  attendance: Attendance
  comment: string | null
  /** ISO 8601: the latest answer counts. */
  stamp: string
}

/** What a guest answers (RFC 5546 §3.2.3): the name and number of what is answered come back as they were. */
export function writeCalendarReply({ event, summary, guest, attendance, comment, stamp }: CalendarReply): string {
  const { uid, sequence, occurrence, start, end, repeats, organiser } = event
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Qiao//Qiao//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${oneLine(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${compact(stamp)}`,
    ...timeLine('RECURRENCE-ID', occurrence),
    // Of those that repeat, the hour in UTC would be wrong for half of the year.
    ...(repeats ? [] : [...timeLine('DTSTART', start), ...timeLine('DTEND', end)]),
    `ORGANIZER${nameOf(organiser)}:mailto:${oneLine(organiser.address)}`,
    `ATTENDEE;PARTSTAT=${attendance.toUpperCase()}${nameOf(guest)}:mailto:${oneLine(guest.address)}`,
    ...(summary === null ? [] : [`SUMMARY:${escaped(summary)}`]),
    ...(comment === null ? [] : [`COMMENT:${escaped(comment)}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const oneLine = (text: string): string => text.replace(/[\u0000-\u001F\u007F]+/g, ' ')
const escaped = (text: string): string =>
  oneLine(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[\\,;]/g, '\\$&')
      .replaceAll('\n', '\\n'),
  )
/** Names of parameters cannot hold quotes (RFC 5545 §3.2). */
const nameOf = ({ name }: Address): string => (name === '' ? '' : `;CN="${oneLine(name).replaceAll('"', "'")}"`)
const compact = (iso: string): string => `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`

function timeLine(name: string, time: CalendarTime | null): string[] {
  if (!time) return []
  if (time.kind === 'day') return [`${name};VALUE=DATE:${time.day.replaceAll('-', '')}`]
  return [`${name}:${time.kind === 'instant' ? compact(time.at) : time.local.replace(/[-:]/g, '')}`]
}

/** 75 octets a line (RFC 5545 §3.1), and no letter in two. */
function folded(line: string): string {
  let [text, octets] = ['', 0]
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > 75) [text, octets] = [`${text}\r\n `, 1]
    text += letter
    octets += size
  }
  return text
}
