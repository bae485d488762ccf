export { hasRoom, type PickMargin, unitsOver, unitsUsed } from './capacity.ts'
export { type Figure } from './confidence.ts'
export {
  type Candidate,
  decide,
  type Decision,
  eligibleAgents,
  explain,
  type Offer,
  type RoutingState,
} from './decide.ts'
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
export { announced, estimateWait, type Serving, type WaitRange } from './estimate-wait.ts'
export { withOffer, withoutWork, withSilence } from './held-work.ts'
export {
  fewestMeasured,
  measure,
  measureLeaving,
  type MeasuredLeaving,
  type MeasuredMean,
  nothingMeasured,
  patienceOf,
  type QueueMeasured,
} from './measured.ts'
export { scoreOf } from './order.ts'
export type { Arrivals, Duration } from './random.ts'
export { createRouter, type Router } from './router.ts'
export {
  compareRuns,
  type Figures,
  runScenario,
  type Scenario,
  type ScenarioAgent,
  scenarioFigures,
  type ScenarioQueue,
  type ScenarioResult,
  type ScenarioRun,
  simulateScenario,
  summarise,
} from './scenario.ts'
export { type ReportQuestion, reportService, type ServiceReport } from './service-report.ts'
export { simulate, type Watcher } from './simulate.ts'
export type { Outcome, SimulatedAgent, Simulation, SimulationResult, Stream } from './simulation.ts'
export { agentsNeeded, type ServiceTarget, type Staffing } from './staffing.ts'
export { estimateFor, type Measured, placeOf, type Standing, standings } from './standing.ts'
export { currentStep } from './steps.ts'
export { type Lack, unservable } from './unservable.ts'
export * from './work-item.ts'
