import { unitsUsed } from './capacity.ts'
import type { Agent, SelectionPolicy, Step } from './work-item.ts'

/** Less is better. */
const measures: Record<SelectionPolicy, (agent: Agent, step: Step) => number> = {
  'longest-idle': (agent) => agent.idleSince,
  'most-free': (agent) => unitsUsed(agent) / agent.capacity.units,
  'fewest-held': (agent) => agent.held.length,
  'round-robin': (agent) => agent.lastOfferAt,
  'best-skill': (agent, step) => -step.needs.reduce((sum, { skill }) => sum + (agent.skills.get(skill) ?? 0), 0),
  weighted: (agent) => (agent.offers + 1) / Math.max(agent.weight, Number.MIN_VALUE),
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

const compareAgents = (policy: SelectionPolicy, step: Step, a: Agent, b: Agent): number =>
  measures[policy](a, step) - measures[policy](b, step) ||
  a.lastOfferAt - b.lastOfferAt ||
  (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
