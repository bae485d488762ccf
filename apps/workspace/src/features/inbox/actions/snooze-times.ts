export interface SnoozePreset {
  key: 'hour' | 'evening' | 'tomorrow' | 'monday'
  until: Date
}

const at = (now: Date, days: number, hour: number): Date =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour)

/** In the viewer's zone; what has passed is not offered. */
export function snoozePresets(now: Date): SnoozePreset[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  const presets: SnoozePreset[] = [
    { key: 'hour', until: new Date(now.getTime() + 3_600_000) },
    { key: 'evening', until: at(now, 0, 18) },
    { key: 'tomorrow', until: at(now, 1, 9) },
    // On Sundays "tomorrow" says it already.
    ...(toMonday > 1 ? [{ key: 'monday' as const, until: at(now, toMonday, 9) }] : []),
  ]
  return presets.filter(({ until }) => until.getTime() - now.getTime() > 5 * 60_000)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The value of a `datetime-local` field. */
export function toLocalInput(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}
