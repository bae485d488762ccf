import type { RoutingState } from './decide.ts'
import type { Agent, WorkItem } from './work-item.ts'

/** What is missing for anybody to take an item, as far as its rules go: shifts and breaks end, these do not. */
export type Lack = 'queue' | 'members' | 'capacity' | 'skills' | 'language'

/**
 * Why nobody of the staff could take the item even when its last step applies, all groups have joined and everybody is at
 * work; null when somebody could. Such an item would wait for ever: the lead is to hear of it. A pause is left aside.
 */
export function unservable({ queues, agents }: RoutingState, item: WorkItem): Lack | null {
  const queue = queues.get(item.queueId)
  if (!queue) return 'queue'
  const fits = ({ capacity }: Agent): boolean => {
    const cost = capacity.channels.get(item.channel)
    return cost !== undefined && cost.most > 0 && cost.units <= capacity.units
  }
  const preferred = item.preferred && agents.get(item.preferred.agentId)
  if (preferred && fits(preferred)) return null
  const step = item.steps.at(-1)
  const stages: readonly [Lack, (agent: Agent) => boolean][] = [
    ['members', ({ id }) => queue.groups.some(({ agentIds }) => agentIds.has(id))],
    ['capacity', fits],
    ['skills', ({ skills }) => (step?.needs ?? []).every(({ skill, level }) => (skills.get(skill) ?? 0) >= level)],
    ['language', ({ languages }) => !step?.language || item.language === null || languages.has(item.language)],
  ]
  let left = [...agents.values()]
  for (const [lack, has] of stages) {
    left = left.filter(has)
    if (left.length === 0) return lack
  }
  return null
}
