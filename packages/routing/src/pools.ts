import { hasRoom, unitsUsed } from './capacity.ts'
import type { RoutingState } from './decide.ts'
import { staticExclusion, waitsFor } from './eligible.ts'
import { currentStep, groupsServing } from './steps.ts'
import type { Agent, Step, WorkItem } from './work-item.ts'

/** Items that the same agents may take. */
export interface WorkKind {
  key: string
  queueId: string
  channel: string
  preferredId: string | null
  groupsAfter: number
  step: Step
  language: string | null
}

export function kindOf(state: RoutingState, item: WorkItem, at: number): WorkKind {
  const { queueId, channel } = item
  const queue = state.queues.get(queueId)
  const { step } = currentStep(item, at)
  const language = step.language ? item.language : null
  const groupsAfter = queue ? groupsServing(queue, item, at).after : 0
  const preferredId = waitsFor(item, state.agents, at)?.id ?? null
  const needs = namesOf(step)
  const asked = preferredId === null ? [groupsAfter, language, needs] : [preferredId]
  return {
    key: JSON.stringify([queueId, channel, ...asked]),
    queueId,
    channel,
    preferredId,
    groupsAfter,
    step,
    language,
  }
}

const names = new WeakMap<Step, string>()
/** Steps are shared by many items. */
function namesOf(step: Step): string {
  const known = names.get(step)
  if (known !== undefined) return known
  const name = JSON.stringify(step.needs.map(({ skill, level }) => `${skill}:${level}`).toSorted())
  names.set(step, name)
  return name
}

/** Agents who serve the same kinds: what one of them releases, each of these kinds may get. */
export interface Pool<Line> {
  serves: readonly { line: Line; units: number }[]
  /** Slots that are released, and of what size in the mean. */
  perSecond: number
  releasedUnits: number
  /** What is free at once. */
  freeUnits: number
}

/** Only who is at work counts: nobody knows when the others come back. */
export function poolsOf<Line extends { kind: WorkKind }>(
  state: RoutingState,
  lines: readonly Line[],
  holdOf: (queueId: string | undefined) => number | null,
): readonly Pool<Line>[] {
  const pools = new Map<string, Pool<Line>>()
  const near = indexLines(state, lines)
  for (const agent of state.agents.values()) {
    if (!agent.present || !agent.available) continue
    const served: { line: Line; units: number }[] = []
    let key = ''
    for (const index of near(agent).toSorted((a, b) => a - b)) {
      const line = lines[index]
      const units = line ? serves(state, agent, line.kind) : null
      if (!line || units === null) continue
      served.push({ line, units })
      key += `${index}:${units} `
    }
    const [first] = served
    if (!first) continue
    const { perSecond, unitsPerSecond } = releasedBy(agent, served, holdOf)
    const unused = agent.capacity.units - unitsUsed(agent)
    const freeUnits = unused > 0 && served.some(({ line }) => hasRoom(agent, line.kind.channel)) ? unused : 0
    if (perSecond === 0 && freeUnits === 0) continue
    const known = pools.get(key)
    if (!known) {
      const releasedUnits = perSecond > 0 ? unitsPerSecond / perSecond : first.units
      pools.set(key, { serves: served, perSecond, releasedUnits, freeUnits })
      continue
    }
    const together = known.perSecond + perSecond
    if (together > 0) known.releasedUnits = (known.releasedUnits * known.perSecond + unitsPerSecond) / together
    known.perSecond = together
    known.freeUnits += freeUnits
  }
  return [...pools.values()]
}

function put<Key>(lists: Map<Key, number[]>, key: Key, index: number): void {
  const known = lists.get(key)
  if (known) known.push(index)
  else lists.set(key, [index])
}

/** The lines that an agent may serve at all, found without looking at every one: by group, then by the first skill needed. */
function indexLines({ queues }: RoutingState, lines: readonly { kind: WorkKind }[]): (agent: Agent) => number[] {
  const bySkill = new Map<string, Map<string | null, number[]>>()
  const byPreferred = new Map<string, number[]>()
  for (const [index, { kind }] of lines.entries()) {
    if (kind.preferredId !== null) {
      put(byPreferred, kind.preferredId, index)
      continue
    }
    const skills = bySkill.get(kind.queueId) ?? new Map<string | null, number[]>()
    bySkill.set(kind.queueId, skills)
    put(skills, kind.step.needs[0]?.skill ?? null, index)
  }
  return (agent) => {
    const near = [...(byPreferred.get(agent.id) ?? [])]
    for (const [queueId, skills] of bySkill) {
      if (!queues.get(queueId)?.groups.some(({ agentIds }) => agentIds.has(agent.id))) continue
      near.push(...(skills.get(null) ?? []))
      for (const skill of agent.skills.keys()) near.push(...(skills.get(skill) ?? []))
    }
    return near
  }
}

/** What one of this kind costs the agent; null when they do not serve it. */
function serves({ queues }: RoutingState, agent: Agent, kind: WorkKind): number | null {
  const queue = queues.get(kind.queueId)
  const cost = agent.capacity.channels.get(kind.channel)
  if (!queue || queue.paused || !cost || cost.most <= 0) return null
  if (kind.preferredId !== null) return kind.preferredId === agent.id ? cost.units : null
  return staticExclusion(agent, queue, kind.groupsAfter, kind.step, kind.language) === null ? cost.units : null
}

/** Silent work has released its slot already. What is not measured is taken to be held as long as what it would make room for. */
function releasedBy(
  { held, capacity }: Agent,
  served: readonly { line: { kind: WorkKind } }[],
  holdOf: (queueId: string | undefined) => number | null,
) {
  let [perSecond, unitsPerSecond] = [0, 0]
  for (const { channel, silent, queueId } of held) {
    if (silent) continue
    let hold = holdOf(queueId)
    for (let index = 0; hold === null && index < served.length; index += 1)
      hold = holdOf(served[index]?.line.kind.queueId)
    if (hold === null || hold <= 0) continue
    perSecond += 1 / hold
    unitsPerSecond += (capacity.channels.get(channel)?.units ?? 0) / hold
  }
  return { perSecond, unitsPerSecond }
}
