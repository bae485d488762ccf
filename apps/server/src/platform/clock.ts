/** Rules take the time as an input; whatever must look at the wall does it through one of these. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

export type ManualClock = Clock & { advance(milliseconds: number): void; set(time: Date): void }

/** A clock that stands still until a test moves it. */
export function manualClock(start: Date | string = '2026-01-05T01:00:00.000Z'): ManualClock {
  let current = new Date(start).getTime()
  return {
    now: () => new Date(current),
    advance: (milliseconds) => {
      current += milliseconds
    },
    set: (time) => {
      current = time.getTime()
    },
  }
}
