import type { SimulatedAgent, Simulation, Stream } from '../simulation.ts'
import type { Queue } from '../work-item.ts'

/** Worlds of the textbook for the simulator: one kind of customer, agents who are all alike and never go home. */
export const hour = 3_600_000
const forEver = 1e9 * hour

export const oneAtATime = {
  units: 100,
  channels: new Map([['chat', { units: 100, most: 1, interruptedBy: new Set<string>() }]]),
}

export const staff = (count: number, change: Partial<SimulatedAgent> = {}): SimulatedAgent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `agent-${String(index).padStart(3, '0')}`,
    skills: new Map(),
    languages: new Set<string>(),
    capacity: oneAtATime,
    weight: 100,
    shifts: [{ from: 0, to: forEver }],
    ...change,
  }))

export const customers = (perSecond: number, until: number, change: Partial<Stream> = {}): Stream => ({
  queueId: 'all',
  channel: 'chat',
  language: null,
  priority: 0,
  steps: [],
  arrivals: { kind: 'poisson', rates: [{ until, perSecond }] },
  handling: { kind: 'exponential', meanSeconds: 180 },
  patience: null,
  ...change,
})

export const queueOf = (agents: readonly SimulatedAgent[], change: Partial<Queue> = {}): Queue => ({
  id: 'all',
  paused: false,
  order: { by: 'wait', perMinute: 1, most: 1e9 },
  selection: 'longest-idle',
  groups: [{ agentIds: new Set(agents.map(({ id }) => id)), afterSeconds: 0 }],
  ...change,
})

export const world = (agents: readonly SimulatedAgent[], streams: readonly Stream[], until: number): Simulation => ({
  queues: [queueOf(agents)],
  agents,
  streams,
  from: 0,
  until,
  seed: 7,
  slowdown: 0,
})
