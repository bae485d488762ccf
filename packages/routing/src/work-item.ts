/** What waits, who may take it and by which rules: plain data. All times are milliseconds since 1970, passed in. */

/** From 1, a beginner, to 5, an expert. */
export type SkillLevel = 1 | 2 | 3 | 4 | 5

export interface SkillNeed {
  skill: string
  level: SkillLevel
}

/** What is asked of an agent for a while; when it expires, the next and looser step applies, the last one for good. */
export interface Step {
  needs: readonly SkillNeed[]
  /** Whether the agent must speak the customer's language. */
  language: boolean
  /** How long it applies; of the last step this is not looked at. */
  seconds: number
}

/** Anything that wants a person: a conversation, a mail, a call, a ticket. */
export interface WorkItem {
  id: string
  queueId: string
  channel: string
  language: string | null
  /** Points on one scale for all queues, so that an agent who serves several is shared fairly. */
  priority: number
  /** Kept when it is queued again: it does not lose its place. */
  createdAt: number
  /** Since when it waits in this queue: steps and later groups count from here. */
  enteredAt: number
  dueAt: number | null
  steps: readonly Step[]
  /** Waits for this agent (the last one, the account's owner, a named one) until then, as long as that can come true. */
  preferred: { agentId: string; until: number } | null
  /** Who declined or missed it, and until when it is not offered to them again. */
  declined: readonly { agentId: string; until: number }[]
}

/** By wait, or by what is due first; either way in points, which grow by `perMinute` up to `most`. */
export interface OrderPolicy {
  by: 'wait' | 'deadline'
  perMinute: number
  most: number
}

export const selectionPolicies = [
  'longest-idle',
  'most-free',
  'fewest-held',
  'round-robin',
  'best-skill',
  'weighted',
  'ring-all',
] as const
export type SelectionPolicy = (typeof selectionPolicies)[number]

export interface Queue {
  id: string
  /** Nothing is offered while it is paused; who waits keeps the place. */
  paused: boolean
  order: OrderPolicy
  selection: SelectionPolicy
  /** Who serves it: the first group at once, later ones help with what has waited for so long. */
  groups: readonly { agentIds: ReadonlySet<string>; afterSeconds: number }[]
}

export interface ChannelCost {
  /** Of the agent's units, while the customer is not silent. */
  units: number
  /** How many of this channel at once. */
  most: number
  /** Channels whose work may come in between: a mail may be interrupted by a chat, a call by nothing. */
  interruptedBy: ReadonlySet<string>
}

/** A channel that is not named is not served. */
export interface CapacityProfile {
  units: number
  channels: ReadonlyMap<string, ChannelCost>
}

export interface HeldWork {
  itemId: string
  channel: string
  /** Where it came from, for estimates of the wait: how long such work is held is measured by queue. */
  queueId?: string
  /** The customer has been silent for long: the units are free until they write again. */
  silent: boolean
  /** An offer that is not answered yet. */
  rings?: boolean
}

export interface Agent {
  id: string
  /** Connected on some device. */
  present: boolean
  /** Takes work: neither on a break nor not responding nor in wrap-up. */
  available: boolean
  skills: ReadonlyMap<string, SkillLevel>
  languages: ReadonlySet<string>
  capacity: CapacityProfile
  /** All work in hand, offers that are not answered yet included. */
  held: readonly HeldWork[]
  /** How many offers may ring at once; without it any number. More than one at a time cannot be read, let alone answered. */
  ringsAtOnce?: number
  /** Since when nothing is held; of who holds something, since when that is so. */
  idleSince: number
  lastOfferAt: number
  /** For `weighted`: offers so far and the share that is due, e.g. 50 for who works half the day. */
  offers: number
  weight: number
}
