import { useSyncExternalStore } from 'react'
import { serverNow } from '../server-time.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
const read = (): number => Math.floor(serverNow() / 1000) * 1000

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 500)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The server's present, to the second: for timers that people watch. */
export const useSecond = (): number => useSyncExternalStore(subscribe, read)

const two = (number: number): string => String(number).padStart(2, '0')

/** «3:05», "1:00:00": how long something lasts or is left. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
