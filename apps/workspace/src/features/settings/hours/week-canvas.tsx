import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { formatMinute } from './time-of-day.ts'
import { type Cell, type Week, cellIsOpen, cellMinutes, dayLength, paintBlock } from './week-grid.ts'
import { dayKeys } from './week-summary.tsx'
import { words } from './words.ts'

const cells = Array.from({ length: dayLength / cellMinutes }, (_, index) => index)
const clamp = (value: number, max: number): number => Math.min(max, Math.max(0, value))

interface Stroke {
  from: Cell
  to: Cell
  open: boolean
}

const cellAt = (x: number, y: number): Cell | null => {
  const data = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-cell]')?.dataset
  return data ? { day: Number(data['day']), cell: Number(data['cell']) } : null
}
const applied = (week: Week, stroke: Stroke | null): Week =>
  stroke ? paintBlock(week, stroke.from, stroke.to, stroke.open) : week

/** The week as cells to paint with mouse, finger or keys. Seven rows; each row is drawn by itself in the editor. */
export function useWeekCanvas(week: Week, disabled: boolean, onChange: (week: Week) => void) {
  const t = useWords(words)
  const [active, setActive] = useState<Cell>({ day: 0, cell: 18 })
  const [stroke, setStroke] = useState<Stroke | null>(null)
  const shown = applied(week, stroke)

  const start = (event: PointerEvent): void => {
    const from = cellAt(event.clientX, event.clientY)
    if (disabled || !from || event.button !== 0) return
    setActive(from)
    setStroke({ from, to: from, open: !cellIsOpen(week[from.day] ?? [], from.cell) })
  }
  const move = (event: PointerEvent): void => {
    const to = stroke ? cellAt(event.clientX, event.clientY) : null
    if (stroke && to && (to.day !== stroke.to.day || to.cell !== stroke.to.cell)) setStroke({ ...stroke, to })
  }
  const finish = (): void => {
    if (stroke) onChange(applied(week, stroke))
    setStroke(null)
  }
  const key = (event: KeyboardEvent): void => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Home: [0, -48],
      End: [0, 48],
    }
    const by = moves[event.key]
    const open = cellIsOpen(week[active.day] ?? [], active.cell)
    if (by) {
      event.preventDefault()
      const next = { day: clamp(active.day + by[0], 6), cell: clamp(active.cell + by[1], cells.length - 1) }
      // Shift drags what the present cell is along.
      if (event.shiftKey && !disabled) onChange(paintBlock(week, active, next, open))
      setActive(next)
      const selector = `[data-day="${next.day}"][data-cell="${next.cell}"]`
      event.currentTarget.querySelector<HTMLElement>(selector)?.focus()
    } else if ((event.key === ' ' || event.key === 'Enter') && !disabled) {
      event.preventDefault()
      onChange(paintBlock(week, active, active, !open))
    } else if (event.key === 'Escape') setStroke(null)
  }
  const row = (day: number) =>
    cells.map((cell) => {
      const open = cellIsOpen(shown[day] ?? [], cell)
      const name = { day: t(dayKeys[day] ?? 'day.0'), time: formatMinute(cell * cellMinutes) }
      return (
        <td
          key={cell}
          data-day={day}
          data-cell={cell}
          data-open={open}
          aria-label={t(open ? 'cellOpen' : 'cellClosed', name)}
          aria-selected={open}
          tabIndex={active.day === day && active.cell === cell ? 0 : -1}
          className={cell % 2 === 0 ? 'st-cell st-cell-hour' : 'st-cell'}
        />
      )
    })
  const handlers = {
    onPointerDown: start,
    onPointerMove: move,
    onPointerUp: finish,
    onPointerCancel: finish,
    onKeyDown: key,
  }
  return { handlers, row }
}
