import { z } from 'zod'
import { id } from './primitives.ts'
import { offerRecord, routingDecision, stateStretch } from './work.ts'

const place = { conversationId: id, queueId: id, channel: z.string() }
const ring = offerRecord.pick({ id: true, itemId: true, agentId: true, madeAt: true, expiresAt: true }).extend(place)

/**
 * What happens to agents, offers and queues: kind → the shape of its body. What happens to a conversation is told by its
 * entries; together they are what webhooks can be told of.
 */
export const routingEventBodies = {
  'agent.state-changed': stateStretch.omit({ id: true, until: true }),
  'offer.made': ring,
  'offer.ended': ring.extend(offerRecord.pick({ endedAt: true, outcome: true, reasonId: true }).shape),
  'queue.changed': z.object({
    queueId: id,
    name: z.string(),
    change: z.enum(['created', 'changed', 'deleted']),
    byAgentId: id.nullable(),
  }),
  'queue.paused': z.object({ queueId: id, paused: z.boolean(), byAgentId: id.nullable() }),
  /** Candidates are left out: there may be thousands. The list of decisions has them. */
  'routing.decided': routingDecision.omit({ candidates: true }),
} as const

export type RoutingEventKind = keyof typeof routingEventBodies
export type RoutingEventBody<Kind extends RoutingEventKind> = z.infer<(typeof routingEventBodies)[Kind]>
