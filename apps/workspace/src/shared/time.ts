import { useSyncExternalStore } from 'react'
import { currentLanguage, translate } from './i18n.ts'
import { serverNow } from './server-time.ts'
import { sharedWords } from './words.ts'

const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(currentLanguage(), options)

const cache = new Map<string, Intl.DateTimeFormat>()
const cached = (name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${currentLanguage()}/${name}`
  const known = cache.get(key) ?? format(options)
  cache.set(key, known)
  return known
}

const dayOf = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
const dayMs = 86_400_000

/** Clock time, in the viewer's zone. */
export const clockTime = (at: string | number): string =>
  cached('clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))

/** Exact time for tooltips. */
export const exactTime = (at: string | number): string =>
  cached('exact', { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(at))

export const dateTime = (at: string | number): string =>
  cached('date-time', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(at),
  )

/** Today, yesterday, or the date: separators of a thread. */
export function dayName(at: string | number, now: number): string {
  const date = new Date(at)
  const days = Math.round((dayOf(new Date(now)) - dayOf(date)) / dayMs)
  if (days === 0) return translate(sharedWords, 'today')
  if (days === 1) return translate(sharedWords, 'yesterday')
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return sameYear
    ? cached('day', { month: 'long', day: 'numeric', weekday: 'short' }).format(date)
    : cached('day-year', { year: 'numeric', month: 'long', day: 'numeric' }).format(date)
}
export const startOfDay = (at: number): number => dayOf(new Date(at))

/** Short length of time in its largest unit: «3 分钟», "3 min". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return translate(sharedWords, 'seconds', { count: seconds })
  if (seconds < 3600) return translate(sharedWords, 'minutes', { count: Math.floor(seconds / 60) })
  if (seconds < 86_400) return translate(sharedWords, 'hours', { count: Math.floor(seconds / 3600) })
  return translate(sharedWords, 'days', { count: Math.floor(seconds / 86_400) })
}

/** For lists: how long ago today, then a clock time, then a date. */
export function shortTime(at: string, now: number): string {
  const ms = now - Date.parse(at)
  if (ms < 60_000) return translate(sharedWords, 'justNow')
  if (ms < 3_600_000) return duration(ms)
  const date = new Date(at)
  if (dayOf(date) === dayOf(new Date(now))) return clockTime(at)
  if (dayOf(new Date(now)) - dayOf(date) <= dayMs) return translate(sharedWords, 'yesterday')
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return cached(sameYear ? 'short' : 'short-year', {
    month: 'numeric',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date)
}

// One clock for the page: rows that show waiting times redraw together, and only while somebody looks.
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = serverNow()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = serverNow()
    for (const each of listeners) each()
  }, 10_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}
const read = (): number => {
  // A first reader after a pause must not see the time of the last tick.
  if (listeners.size === 0) now = Math.max(now, Math.floor(serverNow() / 10_000) * 10_000)
  return now
}

/** The present, moving every ten seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, read)
