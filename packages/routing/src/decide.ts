import { exclusionOf, type Exclusion, waitsFor } from './eligible.ts'
import { withOffer } from './held-work.ts'
import { compareRanked, scoreOf } from './order.ts'
import { measureOf, rankAgents, selectAgent } from './select.ts'
import { currentStep, groupsServing } from './steps.ts'
import type { Agent, Queue, SelectionPolicy, Step, WorkItem } from './work-item.ts'

export interface RoutingState {
  queues: ReadonlyMap<string, Queue>
  agents: ReadonlyMap<string, Agent>
  /** All that waits and is not offered to anybody. */
  waiting: ReadonlyMap<string, WorkItem>
}

/** An item for one agent, or with `ring-all` for several, of whom the first to accept gets it. */
export interface Offer {
  itemId: string
  agentIds: readonly string[]
  score: number
  step: number
  policy: SelectionPolicy
  preferred: boolean
}

export interface Decision {
  offers: readonly Offer[]
  /** When something changes by time alone: a step, a group, a preference or a cool-down ends. */
  wakeAt: number | null
}

/**
 * Offers until nothing more fits, best score first. This is what the rules mean, in a time that grows with items × agents:
 * `createRouter` gives the same answers quickly, and is tested against this.
 */
export function decide(state: RoutingState, now: number): Decision {
  const agents = new Map(state.agents)
  const ranked = [...state.waiting.values()]
    .flatMap((item) => {
      const queue = state.queues.get(item.queueId)
      return queue ? [{ item, queue, score: scoreOf(queue.order, item, now) }] : []
    })
    .toSorted(compareRanked)
  const offers: Offer[] = []
  let wakeAt = Infinity
  for (const { item, queue, score } of ranked) {
    const offer = offerFor(item, queue, score, agents, now)
    if (offer) offers.push(offer)
    else wakeAt = Math.min(wakeAt, changesAt(item, queue, now))
    for (const id of offer?.agentIds ?? []) {
      const agent = agents.get(id)
      if (agent) agents.set(id, withOffer(agent, item, now))
    }
  }
  return { offers, wakeAt: wakeAt === Infinity ? null : wakeAt }
}

/** Whom the item goes to now, null when it has to wait. */
export function offerFor(
  item: WorkItem,
  queue: Queue,
  score: number,
  agents: ReadonlyMap<string, Agent>,
  now: number,
): Offer | null {
  const preferred = waitsFor(item, agents, now)
  return makeOffer(item, queue, score, ableTo(item, queue, agents, now), currentStep(item, now), preferred !== null)
}

function ableTo(item: WorkItem, queue: Queue, agents: ReadonlyMap<string, Agent>, now: number): readonly Agent[] {
  const preferred = waitsFor(item, agents, now)
  const able: Agent[] = []
  for (const agent of preferred ? [preferred] : agents.values())
    if (exclusionOf(item, queue, agent, preferred, now) === null) able.push(agent)
  return able
}

/**
 * Who could have the item now, the one whose turn it is first: for somebody else to choose from. Whoever is chosen is to be
 * one of these still when the claim is made.
 */
export function eligibleAgents(state: RoutingState, item: WorkItem, now: number): readonly string[] {
  const queue = state.queues.get(item.queueId)
  if (!queue) return []
  const able = ableTo(item, queue, state.agents, now)
  return rankAgents(queue.selection, able, currentStep(item, now).step).map(({ id }) => id)
}

export function makeOffer(
  item: WorkItem,
  queue: Queue,
  score: number,
  able: readonly Agent[],
  { index, step }: { index: number; step: Step },
  preferred: boolean,
): Offer | null {
  const chosen = selectAgent(queue.selection, able, step)
  if (!chosen) return null
  const agentIds = queue.selection === 'ring-all' ? able.map((agent) => agent.id).toSorted() : [chosen.id]
  return { itemId: item.id, agentIds, score, step: index, policy: queue.selection, preferred }
}

/** When this item must be looked at again if nothing else happens. */
export function changesAt(item: WorkItem, queue: Queue, now: number): number {
  let soonest = Math.min(currentStep(item, now).until, groupsServing(queue, item, now).until)
  if (item.preferred && item.preferred.until > now) soonest = Math.min(soonest, item.preferred.until)
  for (const { until } of item.declined) if (until > now) soonest = Math.min(soonest, until)
  return soonest
}

/** For "why me" and "why still waiting": every agent, and what speaks against or for them. */
export interface Candidate {
  agentId: string
  excluded: Exclusion | null
  /** By the queue's policy, less is better; null for those who are excluded. */
  measure: number | null
}

export function explain(state: RoutingState, item: WorkItem, now: number): readonly Candidate[] {
  const queue = state.queues.get(item.queueId)
  if (!queue) return []
  const preferred = waitsFor(item, state.agents, now)
  const { step } = currentStep(item, now)
  return [...state.agents.values()].map((agent) => {
    const excluded = exclusionOf(item, queue, agent, preferred, now)
    return {
      agentId: agent.id,
      excluded,
      measure: excluded === null ? measureOf(queue.selection, agent, step) : null,
    }
  })
}
