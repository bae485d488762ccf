import { AppError } from './errors.ts'

/** Token buckets by key, in this process: enough to keep one peer from drowning the others. */
export interface RateLimiter {
  /** Throws `rate-limited` with the seconds to wait. */
  take(key: string, count?: number): void
}

export function createRateLimiter(options: { perMinute: number; burst: number; now?: () => number }): RateLimiter {
  const now = options.now ?? (() => performance.now())
  const perMs = options.perMinute / 60_000
  let buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(key, count = 1) {
      const at = now()
      if (buckets.size > 50_000) buckets = forgetFull(buckets, at, perMs, options.burst)
      const bucket = buckets.get(key) ?? { tokens: options.burst, at }
      const tokens = Math.min(options.burst, bucket.tokens + (at - bucket.at) * perMs)
      if (tokens < count) {
        throw new AppError('rate-limited', { retryAfterSeconds: Math.ceil((count - tokens) / perMs / 1000) })
      }
      buckets.set(key, { tokens: tokens - count, at })
    },
  }
}

/** A bucket that has filled up again says nothing. */
function forgetFull(buckets: Map<string, { tokens: number; at: number }>, at: number, perMs: number, burst: number) {
  return new Map([...buckets].filter(([, bucket]) => bucket.tokens + (at - bucket.at) * perMs < burst))
}
