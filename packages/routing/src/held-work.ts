import type { Agent, WorkItem } from './work-item.ts'

/** The agent as it is once the item is on its screen: an offer that is not answered yet takes its room. */
export const withOffer = (agent: Agent, item: WorkItem, now: number): Agent => ({
  ...agent,
  held: [...agent.held, { itemId: item.id, channel: item.channel, queueId: item.queueId, silent: false, rings: true }],
  lastOfferAt: now,
  offers: agent.offers + 1,
})

/**
 * The agent without this work. `endedAt` is null when it never began: an offer that was declined or missed, or that another
 * accepted first, does not end the time an agent has been idle.
 */
export function withoutWork(agent: Agent, itemId: string, endedAt: number | null): Agent {
  const held = agent.held.filter((work) => work.itemId !== itemId)
  if (held.length === agent.held.length) return agent
  return { ...agent, held, idleSince: held.length === 0 ? (endedAt ?? agent.idleSince) : agent.idleSince }
}

/**
 * The customer has been silent for long, or is back. Silent work frees its units; who comes back has them again at once, even
 * where that takes the agent over the total: nothing more is offered until it fits.
 */
export const withSilence = (agent: Agent, itemId: string, silent: boolean): Agent => ({
  ...agent,
  held: agent.held.map((work) => (work.itemId === itemId ? { ...work, silent } : work)),
})
