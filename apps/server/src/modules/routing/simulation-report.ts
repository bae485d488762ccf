import type { SimulationReport } from '@qiao/protocol'
import { type Figures, type ScenarioRun, type ServiceReport, summarise } from '@qiao/routing'
import { halfHourOf, halfHoursOfDay } from './simulation-world.ts'

/** Means over the seeds with their 95 % intervals, and the course of a day for a chart. */
export function toReport(
  runs: readonly ScenarioRun[],
  queueId: string,
  { staffing, midnight }: { staffing: readonly number[]; midnight: number },
): SimulationReport {
  const { queues } = summarise(runs)
  const figures = queues[queueId]
  if (!figures) throw new Error('a simulation tells of its queue')
  const days = new Set(runs[0]?.intervals.map(({ at }) => Math.floor((at - midnight) / 86_400_000))).size
  return {
    offered: known(figures.offered),
    serviceLevel: known(figures.serviceLevel),
    asaSeconds: known(figures.asaSeconds),
    p90WaitSeconds: known(figures.p90WaitSeconds),
    abandonment: known(figures.abandonment),
    occupancy: known(figures.occupancy),
    intervals: Array.from({ length: halfHoursOfDay }, (_, half) => {
      const reports = runs.flatMap(({ intervals }) =>
        intervals.filter(({ at }) => halfHourOf(at, midnight) === half).flatMap((one) => one.queues[queueId] ?? []),
      )
      return { minute: half * 30, ...overDays(reports, runs.length * days), staffed: staffing[half] ?? 0 }
    }),
  }
}

/** Nobody was answered: there is no wait to speak of, and no share of those who came is in time. */
const known = ({ mean, low, high }: Figures[keyof Figures]): SimulationReport['offered'] => ({
  mean: mean ?? 0,
  low: low ?? mean ?? 0,
  high: high ?? mean ?? 0,
})

/** Busy days weigh more: it is customers that are asked about. */
function overDays(reports: readonly ServiceReport[], days: number) {
  const offered = reports.reduce((sum, report) => sum + report.offered, 0)
  const weighted = (value: (report: ServiceReport) => number): number =>
    reports.reduce((sum, report) => sum + value(report) * report.offered, 0) / offered
  return {
    offered: offered / days,
    serviceLevel: offered > 0 ? weighted((report) => report.serviceLevel) : 1,
    waitSeconds: offered > 0 ? weighted((report) => report.meanWaitSeconds) : 0,
  }
}
