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

/** Whether one more offer may ring at the agent, whatever room there is. */
export const mayRing = ({ held, ringsAtOnce }: Agent): boolean =>
  ringsAtOnce === undefined || held.filter(({ rings }) => rings).length < ringsAtOnce

/** By how much an agent is over the total, what may be interrupted left aside: only who came back can bring that about. */
export function unitsOver(agent: Agent): number {
  const channels = agent.held.flatMap(({ silent, channel }) => (silent ? [] : [channel]))
  const least = Math.min(...channels.map((channel) => unitsAgainst(agent, channel)))
  return channels.length === 0 ? 0 : Math.max(0, least - agent.capacity.units)
}

/** How far over their limits agents may go who take something themselves. Nothing is ever offered beyond them. */
export interface PickMargin {
  units: number
  count: number
}

/** Whether the agent may take one more of this channel; with a margin, whether they may pick it by hand. */
export function hasRoom(agent: Agent, channel: string, margin: PickMargin = { units: 0, count: 0 }): boolean {
  const cost = agent.capacity.channels.get(channel)
  if (!cost) return false
  let count = 0
  for (const held of agent.held) if (held.channel === channel && !held.silent) count += 1
  return (
    count < cost.most + margin.count && unitsAgainst(agent, channel) + cost.units <= agent.capacity.units + margin.units
  )
}
