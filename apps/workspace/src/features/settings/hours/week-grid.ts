import type { Calendar, Interval } from '@qiao/protocol'

/** Pure rules of the weekly grid: days are Monday first, minutes run from 0 to 1440, intervals never touch or overlap. */
export type Week = Calendar['weekly']

export const dayLength = 1440
/** Most intervals that the server stores for one day. */
export const maxIntervals = 6
/** One cell of the grid that can be painted. Exact minutes are typed. */
export const cellMinutes = 30

/** Sorted, with intervals that touch or overlap joined. */
export function tidy(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((one) => one.from < one.to).toSorted((a, b) => a.from - b.from)
  const joined: Interval[] = []
  for (const next of sorted) {
    const last = joined.at(-1)
    if (last && next.from <= last.to) last.to = Math.max(last.to, next.to)
    else joined.push({ ...next })
  }
  return joined
}

/** Opens or closes a span of one day, as a brush stroke over the grid does. */
export function paint(intervals: readonly Interval[], span: Interval, open: boolean): Interval[] {
  if (open) return tidy([...intervals, span])
  return tidy(
    intervals.flatMap((one) => [
      { from: one.from, to: Math.min(one.to, span.from) },
      { from: Math.max(one.from, span.to), to: one.to },
    ]),
  )
}

/** The span between two cells in whichever direction the brush went. */
export const spanOfCells = (first: number, last: number): Interval => ({
  from: Math.min(first, last) * cellMinutes,
  to: (Math.max(first, last) + 1) * cellMinutes,
})

/** Whether any minute of the cell is open. */
export const cellIsOpen = (intervals: readonly Interval[], cell: number): boolean =>
  intervals.some((one) => one.from < (cell + 1) * cellMinutes && one.to > cell * cellMinutes)

export const withDay = (week: Week, day: number, intervals: readonly Interval[]): Week =>
  week.map((old, index) => (index === day ? tidy(intervals) : old))

export const copyDay = (week: Week, from: number, to: readonly number[]): Week =>
  week.map((old, index) => (to.includes(index) ? structuredClone(week[from] ?? []) : old))

/** A sensible next interval for the "add" button: the hour after the last one, or office hours on an empty day. */
export function nextInterval(intervals: readonly Interval[]): Interval | null {
  if (intervals.length >= maxIntervals) return null
  const last = tidy(intervals).at(-1)
  if (!last) return { from: 540, to: 1080 }
  const from = last.to + 60
  return from >= dayLength ? null : { from, to: Math.min(from + 180, dayLength) }
}

export const weekPresets = {
  office: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: 540, to: 1080 }] : [])),
  daily: Array.from({ length: 7 }, () => [{ from: 540, to: 1260 }]),
  noon: Array.from({ length: 7 }, (_, day) =>
    day < 5
      ? [
          { from: 540, to: 720 },
          { from: 810, to: 1080 },
        ]
      : [],
  ),
} satisfies Record<string, Week>

export const openMinutes = (week: Week): number => week.flat().reduce((total, one) => total + (one.to - one.from), 0)

/** The rule that the intervals of a day break, if any. Typed times are allowed to be wrong until they are saved. */
export function dayProblem(intervals: readonly Interval[]): 'backwards' | 'overlap' | 'too-many' | null {
  if (intervals.some((one) => one.from >= one.to)) return 'backwards'
  const sorted = intervals.toSorted((a, b) => a.from - b.from)
  if (sorted.some((one, index) => index > 0 && one.from < (sorted[index - 1]?.to ?? 0))) return 'overlap'
  return intervals.length > maxIntervals ? 'too-many' : null
}

export interface Cell {
  day: number
  cell: number
}

/** A stroke over several days is the rectangle between its ends. */
export function paintBlock(week: Week, from: Cell, to: Cell, open: boolean): Week {
  const span = spanOfCells(from.cell, to.cell)
  const [first, last] = [Math.min(from.day, to.day), Math.max(from.day, to.day)]
  return week.map((old, day) => (day >= first && day <= last ? paint(old, span, open) : old))
}
