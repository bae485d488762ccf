import type { Agent } from './work-item.ts'

/** Units in use as an arrival on this channel counts them: what it may interrupt does not stand in its way. */
function unitsAgainst(agent: Agent, channel: string): number {
  let units = 0
  for (const held of agent.held) {
    if (held.silent) continue
    const cost = agent.capacity.channels.get(held.channel)
    if (cost && !cost.interruptedBy.has(channel)) units += cost.units
  }
  return units
}

/** Units in use, interruptible work included. Silent customers who came back may carry it over the agent's total. */
export const unitsUsed = (agent: Agent): number =>
  agent.held.reduce(
    (units, held) => units + (held.silent ? 0 : (agent.capacity.channels.get(held.channel)?.units ?? 0)),
    0,
  )

/** Whether the agent may take one more of this channel. */
export function hasRoom(agent: Agent, channel: string): boolean {
  const cost = agent.capacity.channels.get(channel)
  if (!cost) return false
  let count = 0
  for (const held of agent.held) if (held.channel === channel && !held.silent) count += 1
  return count < cost.most && unitsAgainst(agent, channel) + cost.units <= agent.capacity.units
}
