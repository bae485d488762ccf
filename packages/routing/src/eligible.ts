import { hasRoom, mayRing } from './capacity.ts'
import { currentStep, groupsServing } from './steps.ts'
import type { Agent, Queue, Step, WorkItem } from './work-item.ts'

/** Why an agent does not get an item; the first that holds is given. */
export type Exclusion =
  | 'queue-paused'
  | 'not-in-group'
  | 'not-present'
  | 'not-available'
  | 'skill-missing'
  | 'language-missing'
  | 'no-room'
  | 'rings'
  | 'declined'
  | 'waits-for-preferred'

/** What does not change while an agent works: skills, languages and groups. Decides which kinds of work are looked at. */
export function staticExclusion(
  agent: Agent,
  queue: Queue,
  groupsAfter: number,
  step: Step,
  language: string | null,
): Exclusion | null {
  if (queue.paused) return 'queue-paused'
  if (!queue.groups.some(({ afterSeconds, agentIds }) => afterSeconds <= groupsAfter && agentIds.has(agent.id)))
    return 'not-in-group'
  if (step.needs.some(({ skill, level }) => (agent.skills.get(skill) ?? 0) < level)) return 'skill-missing'
  if (step.language && language !== null && !agent.languages.has(language)) return 'language-missing'
  return null
}

/** Somebody who has left or is on a break is not waited for. */
export const waitsFor = (item: WorkItem, agents: ReadonlyMap<string, Agent>, now: number): Agent | null => {
  if (!item.preferred || item.preferred.until <= now) return null
  const agent = agents.get(item.preferred.agentId)
  return agent?.present && agent.available && !isDeclined(item, agent, now) ? agent : null
}

const isDeclined = (item: WorkItem, agent: Agent, now: number): boolean =>
  item.declined.some(({ agentId, until }) => agentId === agent.id && until > now)

/** null when the agent may have the item now. A preferred agent needs neither the group nor the skills. */
export function exclusionOf(
  item: WorkItem,
  queue: Queue,
  agent: Agent,
  preferred: Agent | null,
  now: number,
): Exclusion | null {
  if (queue.paused) return 'queue-paused'
  if (preferred && preferred.id !== agent.id) return 'waits-for-preferred'
  if (!agent.present) return 'not-present'
  if (!agent.available) return 'not-available'
  if (!preferred) {
    const { step } = currentStep(item, now)
    const excluded = staticExclusion(agent, queue, groupsServing(queue, item, now).after, step, item.language)
    if (excluded) return excluded
  }
  if (isDeclined(item, agent, now)) return 'declined'
  if (!hasRoom(agent, item.channel)) return 'no-room'
  return mayRing(agent) ? null : 'rings'
}
