import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import './simulate.css'

interface Props {
  label: string
  values: readonly number[]
  /** What the axis reaches at least. */
  atLeast: number
  most: number
  /** The name of a bar with its number, read out and shown on hover. */
  nameOf: (index: number, value: number) => string
  /** Drawn behind, to compare with. */
  ghost?: readonly number[]
  onChange: (values: number[]) => void
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)))

/** A day of numbers, drawn with the pointer or by the arrow keys. */
export function DayBars({ label, values, atLeast, most, nameOf, ghost = [], onChange }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(Math.floor(values.length * 0.4))
  const [scale, setScale] = useState<number | null>(null)
  const last = useRef<number | null>(null)
  const top = scale ?? Math.max(atLeast, ...values, ...ghost)

  const set = (from: number, to: number, value: number): void => {
    const next = [...values]
    for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) next[index] = within(value, most)
    onChange(next)
  }
  const draw = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect()
    if (!box) return
    const index = within(((event.clientX - box.left) / box.width) * values.length - 0.5, values.length - 1)
    const value = (1 - (event.clientY - box.top) / box.height) * top
    set(last.current ?? index, index, value)
    last.current = index
  }
  const focus = (index: number): void => {
    if (index < 0 || index >= values.length) return
    setAt(index)
    frame.current?.querySelector<HTMLElement>(`[data-bar="${index}"]`)?.focus()
  }
  const onKey = (event: KeyboardEvent, index: number): void => {
    const value = values[index] ?? 0
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }
    const steps: Record<string, number> = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }
    const move = moves[event.key]
    const step = steps[event.key]
    if (move !== undefined) {
      const next = index + move
      if (event.shiftKey && next >= 0 && next < values.length) set(next, next, value)
      focus(next)
    } else if (step !== undefined) set(index, index, value + step)
    else if (event.key === 'Delete' || event.key === 'Home') set(index, index, 0)
    else return
    event.preventDefault()
  }
  return (
    <div className="st-bars">
      <span className="st-bars-top">{top}</span>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- each bar in it is a slider of its own */}
      <div
        ref={frame}
        className="st-bars-frame"
        role="group"
        aria-label={label}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          // The axis must not move under the pointer.
          setScale(top)
          last.current = null
          draw(event)
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1 && scale !== null) draw(event)
        }}
        onPointerUp={() => setScale(null)}
        onPointerCancel={() => setScale(null)}
      >
        {values.map((value, index) => (
          <div
            key={index}
            role="slider"
            data-bar={index}
            tabIndex={index === at ? 0 : -1}
            aria-label={nameOf(index, value)}
            aria-valuenow={value}
            aria-valuemin={0}
            aria-valuemax={most}
            title={nameOf(index, value)}
            onKeyDown={(event) => onKey(event, index)}
            onFocus={() => setAt(index)}
          >
            {ghost[index] === undefined || top === 0 ? null : (
              <span className="is-ghost" style={{ blockSize: `${(ghost[index] / top) * 100}%` }} />
            )}
            <span className="is-bar" style={{ blockSize: `${top === 0 ? 0 : (value / top) * 100}%` }} />
          </div>
        ))}
      </div>
      <div className="st-bars-axis" aria-hidden="true">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hour}:00</span>
        ))}
      </div>
    </div>
  )
}
