export { hasRoom, unitsUsed } from './capacity.ts'
export { type Candidate, decide, type Decision, explain, type Offer, type RoutingState } from './decide.ts'
export type { Exclusion } from './eligible.ts'
export {
  type Demand,
  erlangB,
  erlangC,
  type Outlook,
  outlookWhenAllWait,
  outlookWithPatience,
  waitPercentile,
} from './erlang.ts'
export {
  announced,
  estimateWait,
  fewestMeasured,
  measure,
  type MeasuredMean,
  type Serving,
  type WaitRange,
} from './estimate-wait.ts'
export { scoreOf } from './order.ts'
export type { Arrivals, Duration } from './random.ts'
export { createRouter, type Router } from './router.ts'
export { reportService, type ServiceReport } from './service-report.ts'
export {
  type Outcome,
  simulate,
  type SimulatedAgent,
  type Simulation,
  type SimulationResult,
  type Stream,
} from './simulate.ts'
export { agentsNeeded, type ServiceTarget, type Staffing } from './staffing.ts'
export * from './work-item.ts'
