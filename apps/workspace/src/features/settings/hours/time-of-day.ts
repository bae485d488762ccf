import type { Interval } from '@qiao/protocol'

const two = (value: number): string => String(value).padStart(2, '0')

/** 540 → "09:00"; the end of the day is "24:00". */
export const formatMinute = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

export const formatInterval = (one: Interval): string => `${formatMinute(one.from)}–${formatMinute(one.to)}`

/**
 * What people type for a time: "9", "9:30", "0930", "930", "9.30", "9:30 pm", "9：30", "下午9:30". Null when it is no time.
 */
export function parseMinute(text: string): number | null {
  const typed = text.trim().toLowerCase().replaceAll('：', ':').replaceAll('.', ':')
  const match = /^(上午|下午|晚上)?\s*(\d{1,2})(?::?(\d{2}))?\s*(am|pm|点)?$/.exec(typed)
  if (!match) return null
  const [, before, hourText, minuteText, after] = match
  let hour = Number(hourText)
  const minute = Number(minuteText ?? 0)
  const afternoon = before === '下午' || before === '晚上' || after === 'pm'
  if (afternoon && hour < 12) hour += 12
  if ((before === '上午' || after === 'am') && hour === 12) hour = 0
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  return hour * 60 + minute
}

/** Consecutive days with the same hours as one line: [[0, 4], 09:00–18:00]. */
export function groupDays(week: readonly (readonly Interval[])[]): { first: number; last: number; hours: string }[] {
  const groups: { first: number; last: number; hours: string }[] = []
  week.forEach((intervals, day) => {
    const hours = intervals.map(formatInterval).join(', ')
    const open = groups.at(-1)
    if (open && open.hours === hours) open.last = day
    else groups.push({ first: day, last: day, hours })
  })
  return groups
}
