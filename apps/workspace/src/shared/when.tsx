import { currentLanguage } from './i18n.ts'
import { dateTime, exactTime, shortTime, useNow } from './time.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** «3 分钟前», "3 minutes ago" within the hour; then a clock time or a date, which need no "ago". */
export function agoTime(at: string, now: number): string {
  const ms = now - Date.parse(at)
  if (ms < minuteMs || ms >= hourMs) return shortTime(at, now)
  return new Intl.RelativeTimeFormat(currentLanguage()).format(-Math.floor(ms / minuteMs), 'minute')
}

/** «3 分钟后», "in 2 hours" within the day; then a date with its clock time. What has come is in less than a minute. */
export function untilTime(at: string, now: number): string {
  const ms = Date.parse(at) - now
  if (ms >= 24 * hourMs) return dateTime(at)
  if (ms >= hourMs) return new Intl.RelativeTimeFormat(currentLanguage()).format(Math.round(ms / hourMs), 'hour')
  return new Intl.RelativeTimeFormat(currentLanguage()).format(Math.max(1, Math.ceil(ms / minuteMs)), 'minute')
}

/** A time to come as people say it, with the exact one on hover. */
export function Until({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)}>
      {untilTime(at, now)}
    </time>
  )
}

/** A time as people say it, with the exact one on hover. */
export function When({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)}>
      {agoTime(at, now)}
    </time>
  )
}
