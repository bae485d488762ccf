import type { Agent, CapacityProfile, Queue, WorkItem } from '../work-item.ts'
import { start } from './worlds.ts'

/** The plainest of each kind, to say only what a test is about. */
export const chatsAtOnce = (most: number): CapacityProfile => ({
  units: 100,
  channels: new Map([['chat', { units: Math.floor(100 / most), most, interruptedBy: new Set<string>() }]]),
})

export const agentNamed = (id: string, change: Partial<Agent> = {}): Agent => ({
  id,
  present: true,
  available: true,
  skills: new Map(),
  languages: new Set<string>(),
  capacity: chatsAtOnce(1),
  held: [],
  idleSince: start,
  lastOfferAt: start,
  offers: 0,
  weight: 100,
  ...change,
})

export const queueNamed = (id: string, agentIds: readonly string[], change: Partial<Queue> = {}): Queue => ({
  id,
  paused: false,
  order: { by: 'wait', perMinute: 10, most: 1e9 },
  selection: 'longest-idle',
  groups: [{ agentIds: new Set(agentIds), afterSeconds: 0 }],
  ...change,
})

export const itemNamed = (id: string, queueId: string, at: number, change: Partial<WorkItem> = {}): WorkItem => ({
  id,
  queueId,
  channel: 'chat',
  language: null,
  priority: 0,
  createdAt: at,
  enteredAt: at,
  dueAt: null,
  steps: [],
  preferred: null,
  declined: [],
  ...change,
})
