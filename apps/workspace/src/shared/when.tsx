import { exactTime, shortTime, useNow } from './time.ts'

/** A time as people say it, with the exact one on hover. */
export function When({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)}>
      {shortTime(at, now)}
    </time>
  )
}
