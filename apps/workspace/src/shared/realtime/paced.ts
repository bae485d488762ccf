export interface Paced {
  (key: string): void
  stop: () => void
}

/** Does it at once, and again after a while if it was asked for meanwhile: a customer who writes fast must not cost a question each. */
export function paced(run: (key: string) => void, everyMs: number): Paced {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const askedAgain = new Set<string>()
  const start = (key: string): void => {
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key)
        if (askedAgain.delete(key)) start(key)
      }, everyMs),
    )
    run(key)
  }
  const ask = (key: string): void => {
    if (timers.has(key)) askedAgain.add(key)
    else start(key)
  }
  const stop = (): void => {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
    askedAgain.clear()
  }
  return Object.assign(ask, { stop })
}
