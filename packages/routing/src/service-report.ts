import type { Outcome, SimulationResult } from './simulate.ts'

/** What a lead asks of a day: definitions as in reports of the product. Times in seconds, shares from 0 to 1. */
export interface ServiceReport {
  offered: number
  answered: number
  abandonment: number
  /** Answered in time, of those answered and those who gave up. */
  serviceLevel: number
  asaSeconds: number
  meanWaitSeconds: number
  p90WaitSeconds: number
  occupancy: number
}

const waitOf = ({ arrivedAt, answeredAt, abandonedAt }: Outcome): number | null => {
  const until = answeredAt ?? abandonedAt
  return until === null ? null : (until - arrivedAt) / 1000
}
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

export function reportService(
  { outcomes, agents }: SimulationResult,
  { withinSeconds, queueId, since = -Infinity }: { withinSeconds: number; queueId?: string; since?: number },
): ServiceReport {
  const counted = outcomes.filter(
    (outcome) => outcome.arrivedAt >= since && (queueId === undefined || outcome.queueId === queueId),
  )
  const answered = counted.filter(({ answeredAt }) => answeredAt !== null)
  const abandoned = counted.filter(({ abandonedAt }) => abandonedAt !== null)
  const waits = [...answered, ...abandoned].map((outcome) => waitOf(outcome) ?? 0)
  const answeredWaits = answered.map((outcome) => waitOf(outcome) ?? 0)
  const sorted = answeredWaits.toSorted((a, b) => a - b)
  const ended = answered.length + abandoned.length
  let [busy, staffed] = [0, 0]
  for (const agent of agents.values()) {
    busy += agent.busy
    staffed += agent.staffed
  }
  return {
    offered: counted.length,
    answered: answered.length,
    abandonment: counted.length === 0 ? 0 : abandoned.length / counted.length,
    serviceLevel: ended === 0 ? 1 : answeredWaits.filter((wait) => wait <= withinSeconds).length / ended,
    asaSeconds: mean(answeredWaits),
    meanWaitSeconds: mean(waits),
    p90WaitSeconds: sorted[Math.floor(sorted.length * 0.9)] ?? 0,
    occupancy: staffed === 0 ? 0 : busy / staffed,
  }
}
