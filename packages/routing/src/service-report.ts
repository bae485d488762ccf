import type { Outcome, SimulationResult } from './simulation.ts'

/** What a lead asks of a day: definitions as in reports of the product. Times in seconds, shares from 0 to 1. */
export interface ServiceReport {
  offered: number
  answered: number
  /** Of those offered. */
  abandonment: number
  /** Answered in time, of all but those who gave up so soon that nobody could have answered. */
  serviceLevel: number
  asaSeconds: number
  meanWaitSeconds: number
  /** Of those answered. */
  p90WaitSeconds: number
  /** Of all agents, whatever queue is asked for: units in use of those at hand. */
  occupancy: number
}

export interface ReportQuestion {
  withinSeconds: number
  queueId?: string
  /** Arrivals from this time on, and before that one. */
  since?: number
  before?: number
  /** Who gives up before that is left out of the service level. */
  shortAbandonSeconds?: number
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** By linear interpolation between the neighbours; of sorted values. */
function percentile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? 0
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at))
}

export function reportService({ outcomes, intervals }: SimulationResult, question: ReportQuestion): ServiceReport {
  const { withinSeconds, queueId, since = -Infinity, before = Infinity, shortAbandonSeconds = 5 } = question
  const answered: number[] = []
  const abandoned: number[] = []
  let offered = 0
  const count = ({ arrivedAt, answeredAt, abandonedAt }: Outcome): void => {
    offered += 1
    if (answeredAt !== null) answered.push((answeredAt - arrivedAt) / 1000)
    else if (abandonedAt !== null) abandoned.push((abandonedAt - arrivedAt) / 1000)
  }
  for (const outcome of outcomes)
    if (
      outcome.arrivedAt >= since &&
      outcome.arrivedAt < before &&
      (queueId === undefined || outcome.queueId === queueId)
    )
      count(outcome)
  const short = abandoned.filter((seconds) => seconds < shortAbandonSeconds).length
  const counted = offered - short
  let [used, total] = [0, 0]
  for (const interval of intervals) {
    if (interval.at < since || interval.at >= before) continue
    used += interval.used
    total += interval.total
  }
  return {
    offered,
    answered: answered.length,
    abandonment: offered === 0 ? 0 : abandoned.length / offered,
    serviceLevel: counted === 0 ? 1 : answered.filter((seconds) => seconds <= withinSeconds).length / counted,
    asaSeconds: mean(answered),
    meanWaitSeconds: mean([...answered, ...abandoned]),
    p90WaitSeconds: percentile(
      answered.toSorted((a, b) => a - b),
      0.9,
    ),
    occupancy: total === 0 ? 0 : used / total,
  }
}
