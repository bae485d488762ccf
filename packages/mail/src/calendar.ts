import { readEvent } from './calendar-event.ts'
import { calendarLines, eventLines, type Line, textOf, zoneBlocks } from './calendar-lines.ts'
import { zoneReader } from './calendar-zone.ts'
import type { Calendar } from './mail.ts'

/**
 * What an invitation says; the file itself stays an attachment. The first four fields are as the mail has them, also where
 * the rest cannot be made out; of several events the first is meant, the others are single ones that differ from it.
 */
export function readCalendar(ics: string, method: string | null): Calendar {
  const lines = calendarLines(ics)
  const event = eventLines(lines)
  const valueOf = (name: string, among: readonly Line[]) => among.find((line) => line.name === name) ?? null
  const start = valueOf('DTSTART', event)
  return {
    method: (method ?? textOf(valueOf('METHOD', lines), 20))?.toUpperCase().slice(0, 20) ?? null,
    summary: textOf(valueOf('SUMMARY', event), 500),
    start: start ? start.value.trim().slice(0, 40) || null : null,
    location: textOf(valueOf('LOCATION', event), 500),
    event: readEvent(event, zoneReader(zoneBlocks(lines))),
  }
}
