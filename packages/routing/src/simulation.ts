import type { Arrivals, Duration } from './random.ts'
import type { CapacityProfile, Queue, SkillLevel, WorkItem } from './work-item.ts'

/** What `simulate` plays, and what came of it. */

/** Customers of one kind. */
export interface Stream {
  queueId: string
  channel: string
  language: string | null
  priority: number
  steps: WorkItem['steps']
  arrivals: Arrivals
  handling: Duration
  /** After the contact the slot stays taken for this work. */
  afterContact?: Duration
  /** How long they wait before they give up; null for ever. */
  patience: Duration | null
  /** For queues in order of what is due: seconds after the arrival. */
  dueSeconds?: number
}

export interface SimulatedAgent {
  id: string
  skills: ReadonlyMap<string, SkillLevel>
  languages: ReadonlySet<string>
  capacity: CapacityProfile
  weight: number
  /** When they take work. What is in hand at the end is finished. */
  shifts: readonly { from: number; to: number }[]
}

export interface Simulation {
  queues: readonly Queue[]
  agents: readonly SimulatedAgent[]
  streams: readonly Stream[]
  from: number
  until: number
  seed: number
  /** How much longer each conversation takes for every other one in hand: 0.04 is 4 % (Goes, Ilk, Lin, Zhao 2018). */
  slowdown: number
  /** Offers that ring; without it they are accepted at once. */
  ring?: { answerSeconds: number; ringSeconds: number; missShare: number; coolDownSeconds: number }
  /** How finely the use of agents is told; without it, once for the whole time. */
  intervalSeconds?: number
}

/** What became of one customer; times in milliseconds, null for what did not happen before the end. */
export interface Outcome {
  queueId: string
  arrivedAt: number
  answeredAt: number | null
  abandonedAt: number | null
  endedAt: number | null
  agentId: string | null
}

export interface SimulationResult {
  /** In the order of arrival. */
  outcomes: readonly Outcome[]
  /** Units × milliseconds of all agents who were at work: in use, and at hand. */
  intervals: readonly { at: number; used: number; total: number }[]
  endedAt: number
}
