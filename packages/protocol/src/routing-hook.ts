import { z } from 'zod'
import { id, instant } from './primitives.ts'
import { workItem } from './work.ts'

/** Sent to the endpoint of a queue that may choose among agents, signed like a webhook. */
export const routingQuestion = z.object({
  type: z.literal('routing.choose'),
  timestamp: instant,
  data: z.object({
    item: workItem.pick({
      id: true,
      conversationId: true,
      queueId: true,
      channel: true,
      language: true,
      priority: true,
      createdAt: true,
      enteredAt: true,
    }),
    agentIds: z.array(id).describe('Who could take it now; the one whom the router would choose comes first'),
  }),
})
export type RoutingQuestion = z.infer<typeof routingQuestion>

/** Null, another status than 200, or no answer in time: the router chooses. */
export const routingAnswer = z.object({ agentId: id.nullable() })
