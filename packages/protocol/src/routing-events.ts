import { z } from 'zod'
import { id, instant } from './primitives.ts'
import { offerOutcomes, routingDecision, stateStretch } from './work.ts'

const ring = { offerId: id, itemId: id, agentId: id }

/**
 * What happens to agents, offers and queues: kind → the shape of its body. What happens to a conversation is told by its
 * entries; together they are what webhooks can be told of.
 */
export const routingEventBodies = {
  'agent.state-changed': stateStretch.omit({ id: true, since: true, until: true }),
  'offer.made': z.object({ ...ring, conversationId: id, queueId: id, expiresAt: instant }),
  'offer.ended': z.object({ ...ring, outcome: z.enum(offerOutcomes), reasonId: id.nullable() }),
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

const eventOf = <Kind extends RoutingEventKind>(kind: Kind) =>
  z.object({ id, at: instant, kind: z.literal(kind), body: routingEventBodies[kind] })
export const routingEvent = z.discriminatedUnion('kind', [
  eventOf('agent.state-changed'),
  eventOf('offer.made'),
  eventOf('offer.ended'),
  eventOf('queue.changed'),
  eventOf('queue.paused'),
  eventOf('routing.decided'),
])
export type RoutingEvent = z.infer<typeof routingEvent>
