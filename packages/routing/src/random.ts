/** Numbers from 0 to 1 that are the same for the same seed on every machine (splitmix32: fast, and good enough here). */
export type Random = () => number

export function seeded(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    mixed ^= mixed >>> 15
    return (mixed >>> 0) / 4294967296
  }
}

/** How long things take, in seconds. */
export type Duration =
  | { kind: 'fixed'; seconds: number }
  | { kind: 'exponential'; meanSeconds: number }
  /** What handling times look like in practice; `variation` is the standard deviation over the mean. */
  | { kind: 'lognormal'; meanSeconds: number; variation: number }
  /** Mostly short and sometimes very long: two exponentials that share the mean evenly; `variation` is more than 1. */
  | { kind: 'hyperexponential'; meanSeconds: number; variation: number }
  /** As measured: each is as probable as the others. */
  | { kind: 'measured'; seconds: readonly number[] }

export function draw(duration: Duration, random: Random): number {
  switch (duration.kind) {
    case 'fixed':
      return duration.seconds
    case 'exponential':
      return -Math.log(1 - random()) * duration.meanSeconds
    case 'lognormal': {
      const variance = Math.log(1 + duration.variation ** 2)
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      return duration.meanSeconds * Math.exp(normal * Math.sqrt(variance) - variance / 2)
    }
    case 'hyperexponential': {
      const squared = duration.variation ** 2
      const often = (1 + Math.sqrt((squared - 1) / (squared + 1))) / 2
      const share = random() < often ? often : 1 - often
      return (-Math.log(1 - random()) * duration.meanSeconds) / (2 * share)
    }
    case 'measured':
      return duration.seconds[Math.floor(random() * duration.seconds.length)] ?? 0
    default:
      return duration satisfies never
  }
}

/**
 * When customers come: as recorded, by chance at a rate that changes over time (each rate holds until the next one), or one
 * after the other at times drawn from a distribution. Milliseconds since 1970.
 */
export type Arrivals =
  | { kind: 'recorded'; at: readonly number[] }
  | { kind: 'renewal'; between: Duration }
  | { kind: 'poisson'; rates: readonly { until: number; perSecond: number }[] }

/** The first arrival after this time; Infinity when nobody comes any more. */
export function nextArrival(arrivals: Arrivals, after: number, index: number, random: Random): number {
  if (arrivals.kind === 'recorded') return arrivals.at[index] ?? Infinity
  if (arrivals.kind === 'renewal') return after + draw(arrivals.between, random) * 1000
  let at = after
  // With a constant rate the wait is exponential; where the rate changes it starts anew, having no memory.
  for (const { until, perSecond } of arrivals.rates) {
    if (until <= at) continue
    const next =
      perSecond > 0 ? at + draw({ kind: 'exponential', meanSeconds: 1 / perSecond }, random) * 1000 : Infinity
    if (next < until) return next
    at = until
  }
  return Infinity
}
