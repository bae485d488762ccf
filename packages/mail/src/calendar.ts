import { readEvent } from './calendar-event.ts'
import { calendarLines, eventLines, type Line, plain, textOf, zoneBlocks } from './calendar-lines.ts'
import { zoneReader } from './calendar-zone.ts'
import type { Calendar } from './mail.ts'

/**
 * What an invitation says; the file itself stays an attachment. The first four fields are as the mail has them, also where
 * the rest cannot be made out; of several events the first is meant, the others are single ones that differ from it.
 */
export function readCalendar(ics: string, method: string | null): Calendar {
  const lines = calendarLines(ics)
  const event = eventLines(lines)
  const start = lineOf('DTSTART', event)
  return {
    method: plain(method ?? textOf(lineOf('METHOD', lines), 20) ?? '', 20)?.toUpperCase() ?? null,
    summary: textOf(lineOf('SUMMARY', event), 500),
    start: plain(start?.value ?? '', 40),
    location: textOf(lineOf('LOCATION', event), 500),
    event: readEvent(event, zoneReader(zoneBlocks(lines))),
  }
}

const lineOf = (name: string, among: readonly Line[]): Line | null => among.find((line) => line.name === name) ?? null
