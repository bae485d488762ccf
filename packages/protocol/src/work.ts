import { z } from 'zod'
import { id, instant, localeCode } from './primitives.ts'

/** The ACD at work: agents' states, work items, offers and decisions. All times are instants, all durations seconds. */

export const routingStates = ['available', 'busy', 'break', 'offline', 'not-responding'] as const
export type RoutingStateName = (typeof routingStates)[number]
/** What a person may set; *not responding* is the system's word. */
export const chosenStates = ['available', 'busy', 'break', 'offline'] as const

export const workStates = ['waiting', 'offered', 'held', 'wrap-up', 'ended'] as const
export const purposes = ['serve', 'consult', 'join'] as const
/** How a stay in a queue ended. */
export const queueOutcomes = [
  'answered',
  'picked',
  'abandoned',
  'left',
  'message',
  'callback',
  'overflowed',
  'transferred',
  'closed',
  'bot',
  'removed',
] as const
export type QueueOutcome = (typeof queueOutcomes)[number]

/** A range of wait in seconds, rounded for people; null where nothing honest can be said. */
export const waitRange = z.object({ lowSeconds: z.number().int(), highSeconds: z.number().int() })
export type WaitRange = z.infer<typeof waitRange>

/** One stay of a conversation in one queue and what became of it; moved elsewhere, the next stay points back to it. */
export const workItem = z.object({
  id,
  previousId: id.nullable(),
  conversationId: id,
  purpose: z.enum(purposes),
  /** Null for work that was taken by hand without a queue. */
  queueId: id.nullable(),
  channel: z.string(),
  language: localeCode.nullable(),
  priority: z.number().int(),
  /** Kept over all queues; `enteredAt` is this one's. */
  createdAt: instant,
  enteredAt: instant,
  dueAt: instant.nullable(),
  state: z.enum(workStates),
  agentId: id.nullable(),
  preferredAgentId: id.nullable(),
  silentSince: instant.nullable(),
  leftQueueAt: instant.nullable(),
  queueOutcome: z.enum(queueOutcomes).nullable(),
  acceptedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** Until when the wrap-up lasts by itself; null without a limit. */
  wrapUntil: instant.nullable(),
  wrappedAt: instant.nullable(),
  dispositionId: id.nullable(),
  /** The first range of wait that the customer was told here, counted from `at`; null when none was. */
  toldWait: waitRange.extend({ at: instant }).nullable(),
})
export type WorkItem = z.infer<typeof workItem>

export const offerOutcomes = ['accepted', 'declined', 'missed', 'withdrawn'] as const

/** As the agent sees it ring: what, who and why. */
export const offer = z.object({
  id,
  itemId: id,
  conversationId: id,
  queueId: id,
  channel: z.string(),
  madeAt: instant,
  expiresAt: instant,
  waitingSince: instant,
  contact: z.object({ name: z.string().nullable(), language: localeCode.nullable() }),
  preview: z.string(),
  /** Rings for several: the first to accept gets it. */
  shared: z.boolean(),
  why: z.object({ step: z.number().int(), preferred: z.boolean(), policy: z.string(), score: z.number() }),
})
export type Offer = z.infer<typeof offer>

/** A piece of work in an agent's hands, as their status bar needs it. */
export const heldWork = z.object({
  itemId: id,
  conversationId: id,
  channel: z.string(),
  queueId: id.nullable(),
  purpose: z.enum(purposes),
  state: z.enum(['offered', 'held', 'wrap-up']),
  silent: z.boolean(),
  units: z.number().int(),
  since: instant,
  wrapUntil: instant.nullable(),
  needsDisposition: z.boolean(),
})
export type HeldWork = z.infer<typeof heldWork>

export const agentState = z.object({
  agentId: id,
  /** Connected on some device. */
  present: z.boolean(),
  state: z.enum(routingStates),
  reasonId: id.nullable(),
  since: instant,
  unitsUsed: z.number().int(),
  units: z.number().int(),
  held: z.array(heldWork),
})
export type AgentState = z.infer<typeof agentState>

export const todayCounts = z.object({
  offered: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  missed: z.number().int(),
  handled: z.number().int(),
  handleSeconds: z.number().int().nullable(),
})

/** What a waiting customer is told, on whatever channel. */
export const queuePlace = z.object({
  conversationId: id,
  /** 1 is next. */
  position: z.number().int().positive(),
  wait: waitRange.nullable(),
  since: instant,
  /** They are called when it is their turn, and need not stay. */
  callback: z.boolean(),
  /** What they may do instead of waiting. */
  alternatives: z.array(z.enum(['message', 'callback'])),
  /** Filled in, in the customer's language; null for the built-in words. */
  text: z.string().nullable(),
})
export type QueuePlace = z.infer<typeof queuePlace>

export const alarmKinds = ['nobody-can-take', 'waits-too-long', 'nobody-staffed'] as const
export const queueLoad = z.object({
  queueId: id,
  open: z.boolean(),
  paused: z.boolean(),
  waiting: z.number().int(),
  offered: z.number().int(),
  held: z.number().int(),
  longestSince: instant.nullable(),
  /** Agents who serve it: available and present, and all who are present. */
  available: z.number().int(),
  present: z.number().int(),
  wait: waitRange.nullable(),
  today: z.object({
    offered: z.number().int(),
    answered: z.number().int(),
    answeredInTime: z.number().int(),
    abandoned: z.number().int(),
    shortAbandoned: z.number().int(),
    /** Answered in time of answered and abandoned, short abandons left out; null before the first. */
    serviceLevel: z.number().nullable(),
    asaSeconds: z.number().nullable(),
  }),
  alarms: z.array(z.object({ kind: z.enum(alarmKinds), itemId: id, since: instant })),
})
export type QueueLoad = z.infer<typeof queueLoad>

export const board = z.object({ at: instant, queues: z.array(queueLoad), agents: z.array(agentState) })
export type Board = z.infer<typeof board>

export const exclusionNames = [
  'queue-paused',
  'not-in-group',
  'not-present',
  'not-available',
  'skill-missing',
  'language-missing',
  'no-room',
  'declined',
  'rings',
  'waits-for-preferred',
] as const
export const candidate = z.object({
  agentId: id,
  excluded: z.enum(exclusionNames).nullable(),
  /** By the queue's policy, less is better; null for those who are excluded. */
  measure: z.number().nullable(),
})

/** Why an item went to whom it went to. */
export const routingDecision = z.object({
  id,
  at: instant,
  itemId: id,
  conversationId: id,
  queueId: id,
  agentIds: z.array(id),
  step: z.number().int(),
  score: z.number(),
  policy: z.string(),
  preferred: z.boolean(),
  /** Who chose: the router, or the company's own endpoint. */
  chosenBy: z.enum(['router', 'hook']),
  candidates: z.array(candidate),
})
export type RoutingDecision = z.infer<typeof routingDecision>

export const offerRecord = z.object({
  id,
  itemId: id,
  agentId: id,
  madeAt: instant,
  expiresAt: instant,
  endedAt: instant.nullable(),
  outcome: z.enum(offerOutcomes).nullable(),
  reasonId: id.nullable(),
})

/** One stretch of an agent's time in one state; `until` is null for the one that lasts. */
export const stateStretch = z.object({
  id,
  agentId: id,
  state: z.enum(routingStates),
  reasonId: id.nullable(),
  present: z.boolean(),
  since: instant,
  until: instant.nullable(),
  cause: z.enum(['chosen', 'connected', 'disconnected', 'missed', 'supervisor', 'signed-out']),
  byAgentId: id.nullable(),
})
export type StateStretch = z.infer<typeof stateStretch>
