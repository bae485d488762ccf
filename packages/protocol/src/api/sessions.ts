import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { clientKey, id } from '../primitives.ts'
import { appended } from './conversations.ts'

export const moveSession = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/session',
  access: 'conversations.work',
  tag: 'Channels',
  summary: "Give the customer's session to people in the provider's own app, or end the one they have there",
  description:
    'Where the channel says `sessions` in its limits. `theirs`: nothing can be sent from here until they end it and the customer writes again. `over`: what the customer writes next comes here. `session-over` when there is none, `session-busy` while messages are on their way, `reply-held-elsewhere` when people have it already, `session-not-moved` when the provider refuses.',
  params: z.object({ id }),
  body: z.object({ clientKey, to: z.enum(['theirs', 'over']) }),
  response: appended,
})
