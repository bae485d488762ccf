import type { WaitRange } from '@qiao/protocol/work'
import { locale } from './words.ts'

const format = (at: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale.value, options).format(at)

const dayNumber = (at: Date): number =>
  Math.round(new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime() / 86_400_000)

export const clock = (at: string | Date): string => format(new Date(at), { hour: 'numeric', minute: '2-digit' })

/** In full, for titles and screen readers. */
export const exact = (at: string): string => format(new Date(at), { dateStyle: 'full', timeStyle: 'short' })

/** "today", "yesterday", "Tuesday", "3 March", with the year when it is another one. */
function dayWords(at: string | Date, now: Date): string {
  const date = new Date(at)
  const away = dayNumber(date) - dayNumber(now)
  if (Math.abs(away) <= 1) {
    return new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }).format(away, 'day')
  }
  if (Math.abs(away) < 7) return format(date, { weekday: 'long' })
  const sameYear = date.getFullYear() === now.getFullYear()
  return format(date, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) })
}

export function dayName(at: string | Date, now = new Date()): string {
  const name = dayWords(at, now)
  return name.charAt(0).toLocaleUpperCase(locale.value) + name.slice(1)
}

/** For lists: the clock today, else the day. */
export function briefly(at: string, now = new Date()): string {
  const date = new Date(at)
  return dayNumber(date) === dayNumber(now) ? clock(date) : dayName(date, now)
}

/** "tomorrow 09:00", for the next opening. */
export function soon(at: Date, now = new Date()): string {
  return dayNumber(at) === dayNumber(now) ? clock(at) : `${dayWords(at, now)} ${clock(at)}`
}

/** "3–5 minutes", "1.5–3 hours": never more exact than people count on. */
export function waitRange({ lowSeconds, highSeconds }: WaitRange): string {
  const hours = lowSeconds >= 5400
  const unit = hours ? 1800 : 60
  const steps = (seconds: number): number => Math.max(1, Math.round(seconds / unit)) / (hours ? 2 : 1)
  const [low, high] = [steps(lowSeconds), steps(highSeconds)]
  const formatter = new Intl.NumberFormat(locale.value, {
    style: 'unit',
    unit: hours ? 'hour' : 'minute',
    unitDisplay: 'long',
  })
  // Older browsers know no ranges: the longer wait is the safer promise.
  const text = low < high && 'formatRange' in formatter ? formatter.formatRange(low, high) : formatter.format(high)
  return text.replace('-', '–').replace(/(\d)([分小])/, '$1 $2')
}

export const percent = (share: number): string =>
  new Intl.NumberFormat(locale.value, { style: 'percent' }).format(share)

export function bytes(count: number): string {
  const mega = count >= 1_048_576
  return new Intl.NumberFormat(locale.value, {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(mega ? count / 1_048_576 : Math.max(1, count / 1024))
}

export const money = (minorUnits: number, currency: string): string => {
  const formatter = new Intl.NumberFormat(locale.value, { style: 'currency', currency })
  return formatter.format(minorUnits / 10 ** (formatter.resolvedOptions().maximumFractionDigits ?? 2))
}

export const duration = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, '0')}`
