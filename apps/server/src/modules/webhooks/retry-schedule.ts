const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Waits between attempts; the last one repeats until the time is up. */
const waits = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour]

/** From the event, or from asking for it again, until a delivery is given up. */
export const triesForMs = 72 * hour

/** How long an endpoint can ask us to stay away. */
const longestRetryAfterMs = 24 * hour

/**
 * When to try again after the `attempts`th attempt; null when that would be past `giveUpAt`. Up to a tenth is added at
 * random, so that an endpoint that comes back is not met by everything at once.
 */
export function nextAttempt(
  { attempts, giveUpAt, retryAfterMs }: { attempts: number; giveUpAt: Date; retryAfterMs: number },
  now: Date,
  random: () => number = Math.random,
): Date | null {
  const wait = (waits[attempts - 1] ?? waits.at(-1) ?? hour) * (1 + random() / 10)
  const at = new Date(now.getTime() + Math.max(wait, Math.min(retryAfterMs, longestRetryAfterMs)))
  return at > giveUpAt ? null : at
}

/** Of the header `Retry-After`: seconds or a date. Nonsense counts as nothing. */
export function readRetryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  if (/^\d{1,9}$/.test(header.trim())) return Math.min(Number(header) * second, longestRetryAfterMs)
  const at = Date.parse(header)
  return Number.isNaN(at) ? 0 : Math.min(Math.max(0, at - now.getTime()), longestRetryAfterMs)
}
