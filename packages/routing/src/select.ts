import { unitsUsed } from './capacity.ts'
import type { Agent, SelectionPolicy, Step } from './work-item.ts'

/** Less is better. */
const measures: Record<SelectionPolicy, (agent: Agent, step: Step) => number> = {
  'longest-idle': (agent) => agent.idleSince,
  // Who has no units at all has none free, and no share of them either.
  'most-free': (agent) => (agent.capacity.units > 0 ? unitsUsed(agent) / agent.capacity.units : 1),
  'fewest-held': (agent) => agent.held.length,
  'round-robin': (agent) => agent.lastOfferAt,
  'best-skill': (agent, step) => -step.needs.reduce((sum, { skill }) => sum + (agent.skills.get(skill) ?? 0), 0),
  // A weight of nothing comes last, as a number that can be stored.
  weighted: (agent) => (agent.weight > 0 ? (agent.offers + 1) / agent.weight : Number.MAX_VALUE),
  'ring-all': (agent) => agent.lastOfferAt,
}

/** How well an agent suits by the policy; less is better. Shown in explanations. */
export const measureOf = (policy: SelectionPolicy, agent: Agent, step: Step): number => measures[policy](agent, step)

/** Whose turn it is. Ties go to whoever had no offer for longest, then by id: fair, and always the same. */
export function selectAgent(policy: SelectionPolicy, candidates: readonly Agent[], step: Step): Agent | null {
  let best: Agent | null = null
  for (const agent of candidates) if (!best || compareAgents(policy, step, agent, best) < 0) best = agent
  return best
}

/** In whose turn it is, the first one first. */
export const rankAgents = (policy: SelectionPolicy, candidates: readonly Agent[], step: Step): readonly Agent[] =>
  candidates.toSorted((a, b) => compareAgents(policy, step, a, b))

const compareAgents = (policy: SelectionPolicy, step: Step, a: Agent, b: Agent): number =>
  measures[policy](a, step) - measures[policy](b, step) ||
  a.lastOfferAt - b.lastOfferAt ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
