import { type Agent, type Calendar, type Queue, isOpen } from '@qiao/protocol'
import { peopleOfAll } from '../queues/people-of.ts'
import { halfHours } from './draft.ts'

/** A first guess at who is on duty: everybody who serves the queue, while it is open; the rest is for the lead to say. */
export function presentStaffing(
  queue: Queue,
  agents: readonly Agent[],
  calendars: readonly Calendar[],
  dayStart: string,
): number[] {
  const count = peopleOfAll(queue.settings.groups, agents).size
  const calendar = calendars.find((one) => one.id === queue.calendarId) ?? null
  const begin = Date.parse(dayStart)
  return Array.from({ length: halfHours }, (_, at) => (isOpen(calendar, new Date(begin + at * 1_800_000)) ? count : 0))
}
