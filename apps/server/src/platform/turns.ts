/** Pieces of work under one key run one after the other, in the order in which they were given; those of other keys beside them. */
export interface Turns {
  /** `work` handles its own errors. */
  take: (key: string, work: () => Promise<void>) => void
  /** When all that was given until now has ended. */
  settled: () => Promise<void>
}

export function createTurns(): Turns {
  const running = new Map<string, Promise<void>>()
  return {
    take(key, work) {
      const next = (running.get(key) ?? Promise.resolve()).then(work).finally(() => {
        if (running.get(key) === next) running.delete(key)
      })
      running.set(key, next)
      // Whoever awaits `settled` hears of it; nobody else should be brought down by it.
      next.catch(() => undefined)
    },
    settled: async () => void (await Promise.allSettled(running.values())),
  }
}
