export interface SendTime {
  key: 'hour' | 'tomorrow' | 'monday'
  at: Date
}

const morning = (now: Date, days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9)

/** In the viewer's zone. On Sundays "tomorrow" says Monday already. */
export function sendTimes(now: Date): SendTime[] {
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    { key: 'hour', at: new Date(now.getTime() + 3_600_000) },
    { key: 'tomorrow', at: morning(now, 1) },
    ...(toMonday > 1 ? [{ key: 'monday' as const, at: morning(now, toMonday) }] : []),
  ]
}

/** So long a mail can be taken back as if it had never been sent. */
export const undoMs = 10_000
