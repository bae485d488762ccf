import { useSyncExternalStore } from 'react'
import { serverNow } from '../../shared/server-time.ts'
import { exactTime } from '../../shared/time.ts'

const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined
let now = serverNow()
const tick = (): void => {
  now = serverNow()
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) now = serverNow()
  listeners.add(listener)
  ticking ??= setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** The present, moving every second: all timers of the board turn together. */
export const useSecond = (): number => useSyncExternalStore(subscribe, () => now)

const two = (value: number): string => String(value).padStart(2, '0')

/** 4:07, 1:02:09, and past a day 26:02:09: the width hardly changes, and seconds can be compared. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const rest = two(seconds % 60)
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`
}

export function Timer({ since }: { since: string }) {
  const at = useSecond()
  return (
    <time className="q-tabular" dateTime={since} title={exactTime(since)}>
      {clock(at - Date.parse(since))}
    </time>
  )
}
