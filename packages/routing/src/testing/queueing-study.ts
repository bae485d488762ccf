import { outlookWhenAllWait, outlookWithPatience } from '../erlang.ts'
import type { Duration } from '../random.ts'
import { reportService } from '../service-report.ts'
import { simulate } from '../simulate.ts'
import { customers, queueOf, staff, world } from './queueing.ts'

/** The simulator beside closed formulas. Every run leaves out its first tenth, because it begins with an empty queue. */
const handleSeconds = 180

export interface Measurement {
  asaSeconds: number
  meanWaitSeconds: number
  abandonment: number
  serviceLevel: number
}

/**
 * One run, corrected for the luck of its draw: what the formula says of the arrivals and handling times that came is taken
 * off, what it says of those that were asked for is put on. That is right in the mean, and much nearer in each run.
 */
export function runMarkov(
  agents: number,
  load: number,
  arrivals: number,
  seed: number,
  patienceSeconds: number | null = null,
): { found: Measurement; plain: Measurement; wanted: Measurement } {
  const until = (arrivals * handleSeconds * 1000) / load
  const since = until / 10
  const patience: Duration | null =
    patienceSeconds === null ? null : { kind: 'exponential', meanSeconds: patienceSeconds }
  const result = simulate({
    ...world(staff(agents), [customers(load / handleSeconds, until, { patience })], until),
    seed,
  })
  const plain = reportService(result, { withinSeconds: 20, since, shortAbandonSeconds: 0 })
  const counted = result.outcomes.filter(({ arrivedAt }) => arrivedAt >= since)
  const served = counted.filter(({ endedAt }) => endedAt !== null)
  const handled = served.reduce((sum, { answeredAt, endedAt }) => sum + (endedAt ?? 0) - (answeredAt ?? 0), 0)
  const drawn = {
    arrivalsPerSecond: counted.length / ((until - since) / 1000),
    handleSeconds: handled / served.length / 1000,
  }
  const formula = (demand: typeof drawn): Measurement => {
    const outlook =
      patienceSeconds === null
        ? outlookWhenAllWait(demand, agents)
        : outlookWithPatience(demand, agents, patienceSeconds)
    if (!outlook) throw new Error('more work came than can be done')
    return { ...outlook, serviceLevel: outlook.serviceLevel(20) }
  }
  const wanted = formula({ arrivalsPerSecond: load / handleSeconds, handleSeconds })
  const lucky = formula(drawn)
  const corrected = (name: keyof Measurement): number => plain[name] - lucky[name] + wanted[name]
  return {
    plain,
    wanted,
    found: {
      asaSeconds: corrected('asaSeconds'),
      meanWaitSeconds: corrected('meanWaitSeconds'),
      abandonment: corrected('abandonment'),
      serviceLevel: corrected('serviceLevel'),
    },
  }
}

export interface Classes {
  agents: number
  /** Arrivals per handling time, and points per minute, of each class. */
  loads: readonly number[]
  paces: readonly number[]
}

/**
 * Accumulating priority: mean waits in seconds by class, in order of rising pace. By formula (Kleinrock 1964) from the mean
 * wait of all in order of arrival, `firstCome`.
 */
export function kleinrock({ agents, loads, paces }: Classes, firstCome: number): number[] {
  const share = loads.map((load) => load / agents)
  const waits: number[] = []
  for (const [p, pace] of paces.entries()) {
    let [above, below] = [firstCome, 1]
    for (const [i, other] of paces.entries()) {
      if (i < p) above -= (share[i] ?? 0) * (waits[i] ?? 0) * (1 - other / pace)
      if (i > p) below -= (share[i] ?? 0) * (1 - pace / other)
    }
    waits.push(above / below)
  }
  return waits
}

/** The same by simulation: a queue for each class, all served by the same agents; and in order of arrival. */
export function runClasses(
  { agents, loads, paces }: Classes,
  arrivals: number,
  seed: number,
): { firstCome: number; waits: number[] } {
  const all = loads.reduce((sum, load) => sum + load, 0)
  const until = (arrivals * handleSeconds * 1000) / all
  const people = staff(agents)
  const streams = loads.map((load, index) => customers(load / handleSeconds, until, { queueId: `class-${index}` }))
  const waitsAt = (pace: (index: number) => number): number[] => {
    const queues = loads.map((_, index) =>
      queueOf(people, { id: `class-${index}`, order: { by: 'wait', perMinute: pace(index), most: 1e12 } }),
    )
    const result = simulate({ ...world(people, streams, until), queues, seed })
    return queues.map(
      ({ id }) => reportService(result, { withinSeconds: 0, queueId: id, since: until / 10 }).meanWaitSeconds,
    )
  }
  const inOrder = waitsAt(() => 1)
  const firstCome = inOrder.reduce((sum, wait, index) => sum + (wait * (loads[index] ?? 0)) / all, 0)
  return { firstCome, waits: waitsAt((index) => paces[index] ?? 0) }
}
