import { array, assert, boolean, integer, property, tuple } from 'fast-check'
import { weeklyHours } from '@qiao/protocol'
import { describe, expect, it } from 'vitest'
import { formatMinute, groupDays, parseMinute } from './time-of-day.ts'
import {
  cellIsOpen,
  cellMinutes,
  copyDay,
  dayLength,
  dayProblem,
  maxIntervals,
  nextInterval,
  openMinutes,
  paint,
  paintBlock,
  spanOfCells,
  tidy,
  weekPresets,
  withDay,
} from './week-grid.ts'

const minute = integer({ min: 0, max: dayLength })
const interval = tuple(minute, minute)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const openAt = (intervals: { from: number; to: number }[], at: number): boolean =>
  intervals.some((one) => at >= one.from && at < one.to)

describe('tidy', () => {
  it('joins what touches or overlaps and keeps every open minute', () => {
    assert(
      property(array(interval, { maxLength: 8 }), minute, (intervals, at) => {
        const clean = tidy(intervals)
        expect(openAt(clean, at)).toBe(openAt(intervals, at))
        clean.forEach((one, index) => expect(one.from).toBeGreaterThan(clean[index - 1]?.to ?? -1))
      }),
    )
  })
  it('does not change its input', () => {
    const given = [
      { from: 0, to: 60 },
      { from: 30, to: 90 },
    ]
    tidy(given)
    expect(given[0]).toEqual({ from: 0, to: 60 })
  })
})

describe('paint', () => {
  it('opens or closes exactly the span', () => {
    assert(
      property(array(interval, { maxLength: 6 }), interval, boolean(), minute, (intervals, span, open, at) => {
        const inside = at >= span.from && at < span.to
        expect(openAt(paint(intervals, span, open), at)).toBe(inside ? open : openAt(intervals, at))
      }),
    )
  })
  it('cuts a lunch break out of a day', () => {
    expect(paint([{ from: 540, to: 1080 }], { from: 720, to: 810 }, false)).toEqual([
      { from: 540, to: 720 },
      { from: 810, to: 1080 },
    ])
  })
  it('turns a stroke in either direction into the same span', () => {
    expect(spanOfCells(18, 21)).toEqual(spanOfCells(21, 18))
    expect(spanOfCells(18, 18)).toEqual({ from: 540, to: 540 + cellMinutes })
  })
  it('shows a cell as open when any of its minutes is', () => {
    expect(cellIsOpen([{ from: 550, to: 555 }], 18)).toBe(true)
    expect(cellIsOpen([{ from: 510, to: 540 }], 18)).toBe(false)
  })
})

describe('week', () => {
  it('paints a rectangle over days, whichever corner the stroke began in', () => {
    const empty = Array.from({ length: 7 }, () => [])
    const painted = paintBlock(empty, { day: 4, cell: 35 }, { day: 0, cell: 18 }, true)
    expect(painted).toEqual(weekPresets.office)
    expect(paintBlock(painted, { day: 0, cell: 0 }, { day: 6, cell: 47 }, false)).toEqual(empty)
  })
  it('copies a day to others and leaves the rest', () => {
    const week = withDay(weekPresets.office, 0, [{ from: 600, to: 660 }])
    const copied = copyDay(week, 0, [5, 6])
    expect(copied[6]).toEqual([{ from: 600, to: 660 }])
    expect(copied[1]).toEqual(weekPresets.office[1])
    expect(copied[6]).not.toBe(copied[0])
  })
  it('has presets that the server accepts', () => {
    for (const preset of Object.values(weekPresets)) expect(weeklyHours.safeParse(preset).success).toBe(true)
    expect(openMinutes(weekPresets.office)).toBe(5 * 9 * 60)
  })
  it('names what is wrong with a day', () => {
    expect(dayProblem([{ from: 600, to: 600 }])).toBe('backwards')
    expect(
      dayProblem([
        { from: 600, to: 700 },
        { from: 650, to: 800 },
      ]),
    ).toBe('overlap')
    expect(dayProblem(Array.from({ length: maxIntervals + 1 }, (_, n) => ({ from: n * 100, to: n * 100 + 50 })))).toBe(
      'too-many',
    )
    expect(dayProblem([{ from: 600, to: 700 }])).toBeNull()
  })
  it('offers a next interval that fits, or none', () => {
    expect(nextInterval([])).toEqual({ from: 540, to: 1080 })
    expect(nextInterval([{ from: 540, to: 1080 }])).toEqual({ from: 1140, to: 1320 })
    expect(nextInterval([{ from: 540, to: 1400 }])).toBeNull()
  })
})

describe('times', () => {
  it.each([
    ['9', 540],
    ['9:30', 570],
    ['0930', 570],
    ['930', 570],
    ['9.30', 570],
    ['9：30', 570],
    ['9:30 pm', 1290],
    ['下午9:30', 1290],
    ['12am', 0],
    ['12pm', 720],
    ['24:00', 1440],
    ['24:01', null],
    ['9:60', null],
    ['noon', null],
    ['', null],
  ])('reads %s', (typed, expected) => {
    expect(parseMinute(typed)).toBe(expected)
  })
  it('reads back what it writes', () => {
    for (let at = 0; at <= dayLength; at += 1) expect(parseMinute(formatMinute(at))).toBe(at)
  })
  it('groups days with the same hours', () => {
    expect(groupDays(weekPresets.office)).toEqual([
      { first: 0, last: 4, hours: '09:00–18:00' },
      { first: 5, last: 6, hours: '' },
    ])
  })
})
