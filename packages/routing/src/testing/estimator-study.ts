import { estimateFor } from '../standing.ts'
import { measure, measureLeaving, nothingMeasured, type QueueMeasured } from '../measured.ts'
import type { Duration } from '../random.ts'
import { simulate } from '../simulate.ts'
import { customers, staff, world } from './queueing.ts'

/** One row of the published table: time is in mean handling times of 1000 s, so that nothing is rounded away. */
export interface Row {
  name: string
  agents: number
  /** Time between arrivals, in handling times × agents: 1 / load. */
  load: number
  between: (meanSeconds: number) => Duration
  handling?: Duration
  /** Rate of giving up, per handling time. */
  theta: number | null
}

const exponential = (meanSeconds: number): Duration => ({ kind: 'exponential', meanSeconds })
const unit = 1000

export const rows: readonly Row[] = [
  { name: 'M/M/100, load 0.98', agents: 100, load: 0.98, between: exponential, theta: null },
  { name: 'M/M/100, load 0.95', agents: 100, load: 0.95, between: exponential, theta: null },
  { name: 'M/M/100, load 0.90', agents: 100, load: 0.9, between: exponential, theta: null },
  {
    name: 'D/M/100, load 0.95',
    agents: 100,
    load: 0.95,
    between: (seconds) => ({ kind: 'fixed', seconds }),
    theta: null,
  },
  {
    name: 'H2/M/100 (c² = 4), load 0.95',
    agents: 100,
    load: 0.95,
    between: (meanSeconds) => ({ kind: 'hyperexponential', meanSeconds, variation: 2 }),
    theta: null,
  },
  { name: 'M/M/10, load 0.95', agents: 10, load: 0.95, between: exponential, theta: null },
  {
    name: 'M/LN/10 (c² = 1), load 0.95',
    agents: 10,
    load: 0.95,
    between: exponential,
    handling: { kind: 'lognormal', meanSeconds: unit, variation: 1 },
    theta: null,
  },
  {
    name: 'M/H2/10 (c² = 4), load 0.95',
    agents: 10,
    load: 0.95,
    between: exponential,
    handling: { kind: 'hyperexponential', meanSeconds: unit, variation: 2 },
    theta: null,
  },
  { name: 'M/M/100+M, load 1.4, θ 1', agents: 100, load: 1.4, between: exponential, theta: 1 },
  { name: 'M/M/100+M, load 1.1, θ 0.5', agents: 100, load: 1.1, between: exponential, theta: 0.5 },
  { name: 'M/M/10+M, load 1.2, θ 0.5', agents: 10, load: 1.2, between: exponential, theta: 0.5 },
]

/** Mean squared errors in handling times², over those who waited and were served. */
export interface Errors {
  waited: number
  estimate: number
  qlm: number
  ql: number
  les: number
  lastTen: number
  /** Share of waits that were within the range. */
  within: number
}

export function studyRow(
  { agents, load, between, handling, theta }: Row,
  arrivals: number,
  seed: number,
  every = 5,
): Errors {
  const until = (arrivals * unit * unit) / (load * agents)
  const stream = customers(0, until, {
    arrivals: { kind: 'renewal', between: between(unit / (load * agents)) },
    handling: handling ?? exponential(unit),
    patience: theta === null ? null : exponential(unit / theta),
  })
  let measured: QueueMeasured = nothingMeasured
  const lastTen: number[] = []
  let turn = 0
  const guesses = new Map<
    string,
    Record<'estimate' | 'qlm' | 'ql' | 'les' | 'lastTen', number> & { low: number; high: number }
  >()
  const sums = { waited: 0, estimate: 0, qlm: 0, ql: 0, les: 0, lastTen: 0, within: 0 }
  const warm = until / 10

  function left(createdAt: number, now: number, gaveUp: boolean): void {
    measured = { ...measured, leaving: measureLeaving(measured.leaving, { seconds: (now - createdAt) / 1000, gaveUp }) }
  }
  simulate(
    { ...world(staff(agents), [stream], until), seed },
    {
      waits(item, state, now) {
        turn += 1
        if (now < warm || turn % every !== 0) return
        const range = estimateFor(state, item, new Map([['all', measured]]), now)
        if (!range) return
        const ahead = state.waiting.size - 1
        const rate = agents / unit
        let qlm = 0
        for (let k = 0; k <= ahead; k += 1) qlm += 1 / (rate + (k * (theta ?? 0)) / unit)
        guesses.set(item.id, {
          estimate: range.meanSeconds,
          low: range.lowSeconds,
          high: range.highSeconds,
          qlm,
          ql: (ahead + 1) / rate,
          les: lastTen.at(-1) ?? 0,
          lastTen: lastTen.reduce((sum, wait) => sum + wait, 0) / Math.max(1, lastTen.length),
        })
      },
      answered(item, now) {
        const wait = (now - item.createdAt) / 1000
        // Who was served at once says nothing to those who wait.
        if (wait > 0) lastTen.push(wait)
        if (lastTen.length > 10) lastTen.shift()
        left(item.createdAt, now, false)
        const guess = guesses.get(item.id)
        guesses.delete(item.id)
        if (!guess) return
        sums.waited += 1
        for (const name of ['estimate', 'qlm', 'ql', 'les', 'lastTen'] as const)
          sums[name] += ((guess[name] - wait) / unit) ** 2
        if (guess.low <= wait && wait <= guess.high) sums.within += 1
      },
      gaveUp(item, now) {
        left(item.createdAt, now, true)
        guesses.delete(item.id)
      },
      released(_, held) {
        measured = { ...measured, hold: measure(measured.hold, held / 1000) }
      },
    },
  )
  const { waited } = sums
  return {
    waited,
    estimate: sums.estimate / waited,
    qlm: sums.qlm / waited,
    ql: sums.ql / waited,
    les: sums.les / waited,
    lastTen: sums.lastTen / waited,
    within: sums.within / waited,
  }
}
