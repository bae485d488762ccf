/** Both providers write times of Beijing, which knows no summer time: `2017-09-01 00:00:00`. */
export function beijingTime(text: string): Date | null {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/u.exec(text.trim()) ?? []
  if (day === undefined || time === undefined) return null
  const date = new Date(`${day}T${time}+08:00`)
  return Number.isNaN(date.getTime()) ? null : date
}

const beijingOffsetMs = 8 * 3_600_000
/** `2017-09-01 08:00:00` */
export const inBeijing = (date: Date): string =>
  new Date(date.getTime() + beijingOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
