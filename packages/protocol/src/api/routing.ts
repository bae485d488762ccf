import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { clientKey, id, instant, noNul, page } from '../primitives.ts'
import { offlineWork } from '../routing.ts'
import {
  agentState,
  board,
  candidate,
  chosenStates,
  offer,
  offerRecord,
  routingDecision,
  routingStates,
  stateStretch,
  todayCounts,
  waitRange,
  workItem,
} from '../work.ts'
import { appended } from './conversations.ts'

const tag = 'Routing'
const params = z.object({ id })
const key = z.object({ clientKey })
const words = z.string().trim().min(1).max(4000).refine(noNul)
const paging = { cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }
const span = { from: instant.optional(), to: instant.optional() }

export const readMyRouting = endpoint({
  method: 'GET',
  path: '/api/v1/routing/me',
  access: 'routing.work',
  tag,
  summary: "The caller's state, work in hand, open offers and counts of today",
  response: z.object({ state: agentState, offers: z.array(offer), today: todayCounts }),
})
const stateChange = z.object({
  state: z.enum(chosenStates),
  reasonId: id.nullable().default(null),
  work: z
    .enum(offlineWork)
    .optional()
    .describe(
      'Only with `offline`: what becomes of the work in hand. Without it each queue decides (`whenAgentOffline`)',
    ),
})
export const setMyState = endpoint({
  method: 'PUT',
  path: '/api/v1/routing/me/state',
  access: 'routing.work',
  tag,
  summary: "Set the caller's routing state",
  body: stateChange,
  response: agentState,
})
export const acceptOffer = endpoint({
  method: 'POST',
  path: '/api/v1/offers/:id/accept',
  access: 'routing.work',
  tag,
  summary: 'Accept an offer; `offer-over` if it has ended',
  params,
  body: key,
  response: appended,
})
export const declineOffer = endpoint({
  method: 'POST',
  path: '/api/v1/offers/:id/decline',
  access: 'routing.work',
  tag,
  summary: 'Decline an offer, with a reason',
  params,
  body: z.object({ reasonId: id.nullable().default(null) }),
})
export const wrapUp = endpoint({
  method: 'POST',
  path: '/api/v1/work-items/:id/wrap-up',
  access: 'routing.work',
  tag,
  summary: 'End the after-contact work, with a disposition',
  params,
  body: key.extend({ dispositionId: id.nullable().default(null), note: words.optional() }),
  response: workItem,
})
export const extendWrapUp = endpoint({
  method: 'POST',
  path: '/api/v1/work-items/:id/extend-wrap-up',
  access: 'routing.work',
  tag,
  summary: 'Take as long again for the after-contact work, once',
  params,
  response: workItem,
})

/** For the transfer, consult and conference dialogs: whom it could go to, and how long it would take. */
export const listRoutingTargets = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/routing-targets',
  access: 'routing.work',
  tag,
  summary: 'Queues and agents that could take a conversation, with their load now',
  params,
  response: z.object({
    queues: z.array(
      z.object({
        queueId: id,
        open: z.boolean(),
        paused: z.boolean(),
        waiting: z.number().int(),
        available: z.number().int(),
        wait: waitRange.nullable(),
      }),
    ),
    agents: z.array(agentState.omit({ held: true }).extend({ hasRoom: z.boolean() })),
  }),
})
export const queueConversation = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/queue',
  access: 'conversations.work',
  tag,
  summary: 'Transfer to a queue, with words for the next agent',
  params,
  body: key.extend({
    queueId: id,
    priority: z.number().int().min(-10_000).max(10_000).optional(),
    note: words.optional(),
  }),
  response: appended,
})

export const startConsult = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/consults',
  access: 'conversations.work',
  tag,
  summary: 'Ask a colleague about a conversation; the customer does not see it',
  params,
  body: key.extend({ agentId: id, text: words }),
  response: appended,
})
export const sayInConsult = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/consults/say',
  access: 'conversations.work',
  tag,
  summary: 'Write in a consultation',
  params,
  body: key.extend({ consultId: id, text: words }),
  response: appended,
})
export const endConsult = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/consults/end',
  access: 'conversations.work',
  tag,
  summary: 'End a consultation',
  params,
  body: key.extend({ consultId: id }),
  response: appended,
})
export const addParticipant = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/participants',
  access: 'conversations.work',
  tag,
  summary: 'Let a colleague take part: the customer sees and reads both',
  params,
  body: key.extend({ agentId: id }),
  response: appended,
})
export const removeParticipant = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/participants/leave',
  access: 'conversations.work',
  tag,
  summary: 'Leave a conference, or take a colleague out of it',
  params,
  body: key.extend({ agentId: id }),
  response: appended,
})

export const explainRouting = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/routing',
  access: 'conversations.read',
  tag,
  summary: 'Why it went to whom it went to, or why it still waits',
  params,
  response: z.object({
    items: z.array(workItem),
    decisions: z.array(routingDecision),
    offers: z.array(offerRecord),
    now: z
      .object({
        position: z.number().int().nullable(),
        score: z.number(),
        step: z.number().int(),
        steps: z.number().int(),
        stepUntil: instant.nullable(),
        wait: waitRange.nullable(),
        candidates: z.array(candidate),
      })
      .nullable(),
  }),
})

export const readBoard = endpoint({
  method: 'GET',
  path: '/api/v1/routing/board',
  access: 'routing.supervise',
  tag,
  summary: 'Queues and agents as they are now, with the figures of today',
  response: board,
})
export const whisper = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/whispers',
  access: 'routing.supervise',
  tag,
  summary: 'Say something to the agent that the customer never sees',
  params,
  body: key.extend({ text: words }),
  response: appended,
})
export const takeOver = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/take-over',
  access: 'routing.supervise',
  tag,
  summary: 'Take a conversation from whoever holds it, or out of the queue',
  params,
  body: key,
  response: appended,
})
export const setAgentState = endpoint({
  method: 'PUT',
  path: '/api/v1/agents/:id/routing-state',
  access: 'routing.supervise',
  tag,
  summary: "Set an agent's routing state",
  params,
  body: stateChange,
  response: agentState,
})
export const setPriority = endpoint({
  method: 'PUT',
  path: '/api/v1/work-items/:id/priority',
  access: 'routing.supervise',
  tag,
  summary: 'Give a waiting item other points, or pull it to the front',
  params,
  body: z.union([
    z.object({ priority: z.number().int().min(-1_000_000).max(1_000_000) }),
    z.object({ front: z.literal(true) }),
  ]),
  response: workItem,
})
export const pauseQueue = endpoint({
  method: 'PUT',
  path: '/api/v1/queues/:id/pause',
  access: 'routing.supervise',
  tag,
  summary: 'Pause a queue or let it go on: nothing is offered meanwhile, who waits keeps the place',
  params,
  body: z.object({ paused: z.boolean() }),
})

export const listWorkItems = endpoint({
  method: 'GET',
  path: '/api/v1/work-items',
  access: 'routing.supervise',
  tag,
  summary: 'Stays in queues and work in hand, newest first: what wallboards and workforce planning count',
  query: z.object({
    ...paging,
    ...span,
    queueId: id.optional(),
    agentId: id.optional(),
    state: workItem.shape.state.optional(),
  }),
  response: page(workItem),
})
export const listRoutingDecisions = endpoint({
  method: 'GET',
  path: '/api/v1/routing/decisions',
  access: 'routing.supervise',
  tag,
  summary: 'Decisions, newest first',
  query: z.object({ ...paging, ...span, queueId: id.optional(), agentId: id.optional() }),
  response: page(routingDecision),
})
export const listStateStretches = endpoint({
  method: 'GET',
  path: '/api/v1/routing/agent-states',
  access: 'routing.supervise',
  tag,
  summary: "Timeline of agents' states, newest first",
  query: z.object({ ...paging, ...span, agentId: id.optional(), state: z.enum(routingStates).optional() }),
  response: page(stateStretch),
})
