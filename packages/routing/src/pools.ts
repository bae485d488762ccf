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
  const needs = step.needs.map(({ skill, level }) => `${skill}:${level}`).toSorted()
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
  for (const agent of state.agents.values()) {
    if (!agent.present || !agent.available) continue
    const served = lines.flatMap((line, index) => {
      const units = serves(state, agent, line.kind)
      return units === null ? [] : [{ line, index, units }]
    })
    const [first] = served
    if (!first) continue
    const ownHold = served.map(({ line }) => holdOf(line.kind.queueId)).find((hold) => hold !== null) ?? null
    const released = releasedBy(agent, (queueId) => holdOf(queueId) ?? ownHold)
    const isFree = served.some(({ line }) => hasRoom(agent, line.kind.channel))
    const freeUnits = isFree ? Math.max(0, agent.capacity.units - unitsUsed(agent)) : 0
    if (released.perSecond === 0 && freeUnits === 0) continue
    const key = served.map(({ index, units }) => `${index}:${units}`).join(' ')
    const known = pools.get(key)
    if (!known) {
      const { perSecond, unitsPerSecond } = released
      const releasedUnits = perSecond > 0 ? unitsPerSecond / perSecond : first.units
      const own = served.map(({ line, units }) => ({ line, units }))
      pools.set(key, { serves: own, perSecond, releasedUnits, freeUnits })
      continue
    }
    const perSecond = known.perSecond + released.perSecond
    if (perSecond > 0)
      known.releasedUnits = (known.releasedUnits * known.perSecond + released.unitsPerSecond) / perSecond
    known.perSecond = perSecond
    known.freeUnits += freeUnits
  }
  return [...pools.values()]
}

/** What one of this kind costs the agent; null when they do not serve it. */
function serves({ queues }: RoutingState, agent: Agent, kind: WorkKind): number | null {
  const queue = queues.get(kind.queueId)
  const cost = agent.capacity.channels.get(kind.channel)
  if (!queue || queue.paused || !cost || cost.most <= 0) return null
  if (kind.preferredId !== null) return kind.preferredId === agent.id ? cost.units : null
  return staticExclusion(agent, queue, kind.groupsAfter, kind.step, kind.language) === null ? cost.units : null
}

/** Silent work has released its slot already. */
function releasedBy({ held, capacity }: Agent, holdOf: (queueId: string | undefined) => number | null) {
  let [perSecond, unitsPerSecond] = [0, 0]
  for (const { channel, silent, queueId } of held) {
    const hold = holdOf(queueId)
    if (silent || hold === null || hold <= 0) continue
    perSecond += 1 / hold
    unitsPerSecond += (capacity.channels.get(channel)?.units ?? 0) / hold
  }
  return { perSecond, unitsPerSecond }
}
