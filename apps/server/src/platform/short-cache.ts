/**
 * Keeps what was read for a few seconds, for values that nearly every request asks for. Callers that ask together share
 * one read; nothing and failures are not kept. What another process changes is seen when the time is over.
 */
export interface ShortCache<Value> {
  read(key: string, load: () => Promise<Value | null>): Promise<Value | null>
  /** What is known without asking anybody. */
  peek(key: string): Value | undefined
  /** Forgets those that match, or all; a read under way is never kept past this. */
  forget(matches?: (value: Value) => boolean): void
}

interface Kept<Value> {
  reading: Promise<Value | null>
  /** Absent while it is being read. */
  value?: Value
  until: number
}

export function createShortCache<Value>(milliseconds: number, largestSize = 10_000): ShortCache<Value> {
  const kept = new Map<string, Kept<Value>>()
  return {
    read(key, load) {
      const known = kept.get(key)
      if (known && known.until > performance.now()) return known.reading
      const drop = () => {
        if (kept.get(key) === entry) kept.delete(key)
      }
      const reading = load().then(
        (value) => {
          if (value === null) drop()
          else entry.value = value
          return value
        },
        (error: unknown) => {
          drop()
          throw error
        },
      )
      const entry: Kept<Value> = { reading, until: performance.now() + milliseconds }
      if (kept.size >= largestSize) kept.clear()
      kept.set(key, entry)
      return reading
    },
    peek(key) {
      const known = kept.get(key)
      return known && known.until > performance.now() ? known.value : undefined
    },
    forget(matches) {
      for (const [key, { value }] of kept) {
        if (!matches || value === undefined || matches(value)) kept.delete(key)
      }
    },
  }
}
