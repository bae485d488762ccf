import { type Figure, figureOf } from './confidence.ts'
import { reportService, type ServiceReport } from './service-report.ts'
import { simulate } from './simulate.ts'
import type { SimulatedAgent, Simulation, SimulationResult, Stream } from './simulation.ts'
import type { OrderPolicy, SelectionPolicy, SkillLevel } from './work-item.ts'

/** A simulation as JSON, for pages and APIs: objects and arrays instead of maps and sets. */
export interface Scenario {
  from: number
  until: number
  /** How finely the course of the day is told. */
  intervalMinutes: number
  slowdown: number
  ring?: Simulation['ring']
  queues: readonly ScenarioQueue[]
  agents: readonly ScenarioAgent[]
  streams: readonly Stream[]
}

export interface ScenarioQueue {
  id: string
  order: OrderPolicy
  selection: SelectionPolicy
  groups: readonly { agentIds: readonly string[]; afterSeconds: number }[]
  /** Answered within so many seconds is in time. */
  withinSeconds: number
}

export interface ScenarioAgent {
  id: string
  skills: Readonly<Record<string, SkillLevel>>
  languages: readonly string[]
  capacity: {
    units: number
    channels: Readonly<Record<string, { units: number; most: number; interruptedBy: readonly string[] }>>
  }
  weight: number
  shifts: SimulatedAgent['shifts']
}

export const scenarioFigures = [
  'serviceLevel',
  'asaSeconds',
  'p90WaitSeconds',
  'abandonment',
  'occupancy',
  'offered',
  'answered',
] as const
type FigureName = (typeof scenarioFigures)[number]

/** One run: what `summarise` takes several of. Small, so that runs may be made in different processes. */
export interface ScenarioRun {
  queues: Readonly<Record<string, ServiceReport>>
  intervals: readonly { at: number; queues: Readonly<Record<string, ServiceReport>> }[]
}

export type Figures = Readonly<Record<FigureName, Figure>>

/** By queue: over all, and by interval of the day for a chart. */
export interface ScenarioResult {
  runs: number
  queues: Readonly<Record<string, Figures>>
  intervals: readonly { at: number; queues: Readonly<Record<string, Figures>> }[]
}

export function runScenario(scenario: Scenario, seed: number): ScenarioRun {
  const result = simulate(simulationOf(scenario, seed))
  const { from, until, intervalMinutes } = scenario
  const length = intervalMinutes * 60_000
  const count = Math.ceil((until - from) / length)
  return {
    queues: reportQueues(scenario, result, from, until),
    intervals: Array.from({ length: count }, (_, index) => {
      const at = from + index * length
      return { at, queues: reportQueues(scenario, result, at, at + length) }
    }),
  }
}

function reportQueues(scenario: Scenario, result: SimulationResult, since: number, before: number) {
  const reports = scenario.queues.map(
    ({ id, withinSeconds }) => [id, reportService(result, { withinSeconds, queueId: id, since, before })] as const,
  )
  return Object.fromEntries(reports)
}

/** Means over runs with their 95 % bounds; figures that are shares stay between 0 and 1, none is below 0. */
export function summarise(runs: readonly ScenarioRun[]): ScenarioResult {
  return {
    runs: runs.length,
    queues: figuresOf(runs.map(({ queues }) => queues)),
    intervals: (runs[0]?.intervals ?? []).map(({ at }, index) => ({
      at,
      queues: figuresOf(runs.map(({ intervals }) => intervals[index]?.queues ?? {})),
    })),
  }
}

/** The same seeds in every scenario: customers are the same in both, so that a comparison is not one of luck. */
export function simulateScenario(scenario: Scenario, runs: number): ScenarioResult {
  return summarise(Array.from({ length: runs }, (_, index) => runScenario(scenario, index + 1)))
}

/**
 * What a change does, by queue: the changed scenario's figures minus the other's, run by run. Its bounds are much closer
 * than those of the two results, because each pair of runs has met the same customers.
 */
export function compareRuns(
  before: readonly ScenarioRun[],
  after: readonly ScenarioRun[],
): Readonly<Record<string, Figures>> {
  const ids = Object.keys(before[0]?.queues ?? {}).filter((id) => after[0]?.queues[id])
  const change = (id: string, name: FigureName) => (run: ScenarioRun, index: number) => {
    const [old, changed] = [seen(before[index]?.queues[id], name), seen(run.queues[id], name)]
    return old === null || changed === null ? null : changed - old
  }
  const pairs = after.slice(0, before.length)
  return Object.fromEntries(ids.map((id) => [id, eachFigure((name) => figureOf(pairs.map(change(id, name))))]))
}

function figuresOf(runs: readonly Readonly<Record<string, ServiceReport>>[]): Readonly<Record<string, Figures>> {
  const figure = (id: string, name: FigureName): Figure => {
    const { mean, low, high } = figureOf(runs.map((queues) => seen(queues[id], name)))
    const most = shares.has(name) ? 1 : Infinity
    return { mean, low: low === null ? null : Math.max(0, low), high: high === null ? null : Math.min(most, high) }
  }
  const ids = Object.keys(runs[0] ?? {})
  return Object.fromEntries(ids.map((id) => [id, eachFigure((name) => figure(id, name))]))
}

/** Nobody came: no wait and no share. Nobody was answered: no speed of answer. */
function seen(report: ServiceReport | undefined, name: FigureName): number | null {
  if (!report) return null
  if (name === 'asaSeconds' || name === 'p90WaitSeconds') return report.answered > 0 ? report[name] : null
  if (name === 'serviceLevel' || name === 'abandonment') return report.offered > 0 ? report[name] : null
  return report[name]
}

const shares: ReadonlySet<FigureName> = new Set(['serviceLevel', 'abandonment', 'occupancy'])

const eachFigure = (figure: (name: FigureName) => Figure): Figures => ({
  serviceLevel: figure('serviceLevel'),
  asaSeconds: figure('asaSeconds'),
  p90WaitSeconds: figure('p90WaitSeconds'),
  abandonment: figure('abandonment'),
  occupancy: figure('occupancy'),
  offered: figure('offered'),
  answered: figure('answered'),
})

function simulationOf(scenario: Scenario, seed: number): Simulation {
  const { from, until, slowdown, ring, streams, intervalMinutes } = scenario
  return {
    from,
    until,
    slowdown,
    ring,
    streams,
    seed,
    intervalSeconds: intervalMinutes * 60,
    queues: scenario.queues.map(({ id, order, selection, groups }) => ({
      id,
      order,
      selection,
      paused: false,
      groups: groups.map(({ agentIds, afterSeconds }) => ({ agentIds: new Set(agentIds), afterSeconds })),
    })),
    agents: scenario.agents.map(({ id, weight, shifts, skills, languages, capacity }) => ({
      id,
      weight,
      shifts,
      skills: new Map(Object.entries(skills)),
      languages: new Set(languages),
      capacity: {
        units: capacity.units,
        channels: new Map(
          Object.entries(capacity.channels).map(([channel, cost]) => [
            channel,
            { ...cost, interruptedBy: new Set(cost.interruptedBy) },
          ]),
        ),
      },
    })),
  }
}
