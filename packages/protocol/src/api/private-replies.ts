import { z } from 'zod'
import { textContent } from '../content.ts'
import { endpoint } from '../endpoint.ts'
import { clientKey, id, instant } from '../primitives.ts'

const tag = 'Channels'
const params = z.object({ id })

/** Private answers to what was said under a post: one for each, as long as the provider allows. */
const answerable = z.object({
  entryId: id.describe('What was said'),
  closesAt: instant.describe('Until when it can be answered in private'),
  open: z.boolean(),
  why: z.enum(['private-reply-used', 'private-reply-late']).nullable(),
  conversationId: id.nullable().describe('Where it was answered in private; null: not yet'),
})
export type Answerable = z.infer<typeof answerable>

export const listPrivateReplies = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/private-replies',
  access: 'conversations.read',
  tag,
  summary: 'What was said in public lately, and whether it can be answered in private',
  description: 'Empty where the channel has no such answers. The latest comes first.',
  params,
  response: z.object({ comments: z.array(answerable) }),
})
export const replyPrivately = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/private-replies',
  access: 'conversations.work',
  tag,
  summary: 'Answer in private what a customer said in public',
  description:
    'The message belongs to the private conversation of the customer, or begins one. `private-reply-used` for a second answer, `private-reply-late` when the time for it is over.',
  params,
  body: z.object({ clientKey, entryId: id, content: textContent }),
  response: z.object({ conversationId: id, entryId: id }),
})
