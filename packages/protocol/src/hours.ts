import { z } from 'zod'
import { id, timeZone } from './primitives.ts'
import { editVersion } from './edit-version.ts'

const minuteOfDay = z.number().int().min(0).max(1440)
const interval = z
  .object({ from: minuteOfDay, to: minuteOfDay })
  .refine((value) => value.from < value.to, 'Ends before it starts')
export type Interval = z.infer<typeof interval>

/** Opening hours in the calendar's own time zone. Days are Monday first; an empty list is a closed day. */
export const weeklyHours = z.array(z.array(interval).max(6)).length(7)
export const holiday = z.object({
  /** Local date, YYYY-MM-DD. */
  date: z.iso.date(),
  name: z.string().max(100),
  /** Hours of that day instead of the weekly ones; empty means closed (调休 working Saturdays have hours). */
  intervals: z.array(interval).max(6),
})
export const calendarFields = z.object({
  name: z.string().trim().min(1).max(100),
  timeZone,
  alwaysOpen: z.boolean().default(false),
  weekly: weeklyHours,
  holidays: z.array(holiday).max(400).default([]),
})
export const calendar = calendarFields.extend({ id, ...editVersion.shape })
export type Calendar = z.infer<typeof calendar>
/** What opening hours need of a calendar; the widget gets just this. */
export type Hours = Pick<Calendar, 'timeZone' | 'alwaysOpen' | 'weekly' | 'holidays'>

export { isOpen, nextOpening } from './opening-hours.ts'
