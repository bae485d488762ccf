import { currentLanguage } from './i18n.ts'
import { exactTime, shortTime, useNow } from './time.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** «3 分钟前», "3 minutes ago" within the hour; then a clock time or a date, which need no "ago". */
export function agoTime(at: string, now: number): string {
  const ms = now - Date.parse(at)
  if (ms < minuteMs || ms >= hourMs) return shortTime(at, now)
  return new Intl.RelativeTimeFormat(currentLanguage()).format(-Math.floor(ms / minuteMs), 'minute')
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
