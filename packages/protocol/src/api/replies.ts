import { z } from 'zod'
import { agentContent } from '../content.ts'
import { endpoint } from '../endpoint.ts'
import { deliveryProblem } from '../entries.ts'
import { clientKey, id, instant, noNul } from '../primitives.ts'
import { channelCapabilities } from './channels.ts'

const tag = 'Channels'
const params = z.object({ id })

/** What may be sent by one way now. */
const standing = z.object({
  free: z
    .object({
      closesAt: instant.nullable(),
      left: z.number().int().nullable().describe('Messages; null: any number'),
      of: z.number().int().nullable().describe('How many there were in all; null: any number'),
    })
    .nullable(),
  onlyAnswers: z
    .literal(true)
    .optional()
    .describe(
      'The account can only answer what customers do: what is not ready within seconds goes out with their next message',
    ),
  humanAgent: z.object({ closesAt: instant }).nullable().describe("People's answers only, after the ordinary window"),
  template: z.boolean(),
  promotion: z.boolean().describe('Templates of advertising, too: false when the customer wants none'),
  why: z.string().nullable().describe('Code of why free words cannot be sent'),
  allowable: z
    .boolean()
    .describe('What forbids is our own record that the provider refused: `allowMessages` takes it back'),
  closedAt: instant.nullable().describe('Since when a window that was open is shut'),
  opens: z
    .array(z.string())
    .describe('What the customer does so that free words can be sent again: `message`, or acts of the channel'),
  startWords: z.array(z.string()).describe('What a customer who wants no messages writes to get them again'),
  limits: channelCapabilities
    .pick({
      sends: true,
      text: true,
      attachments: true,
      links: true,
      menu: true,
      miniPrograms: true,
      replyTo: true,
      edits: true,
      recalls: true,
      reactions: true,
      templates: true,
      sessions: true,
      letters: true,
    })
    .nullable()
    .describe('Null: no limits but our own'),
})

/** What may be sent to the customer of a conversation now, and what the channel can carry. */
export const replyPolicy = standing.extend({ channel: z.string() })
export type ReplyPolicy = z.infer<typeof replyPolicy>
export const readReplyPolicy = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/reply-policy',
  access: 'conversations.read',
  tag,
  summary: 'What may be sent to the customer now',
  params,
  response: replyPolicy,
})

export const allowMessages = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/reply-policy/allow',
  access: 'contacts.block',
  tag,
  summary: 'Write again to a customer whose provider refused messages',
  description:
    'Forgets only that a provider refused. `customer-opted-out` when the customer said stop: that is theirs to take back.',
  params,
  body: z.object({ clientKey }),
  response: replyPolicy,
})

export const outlet = standing.extend({
  identityId: id,
  inboxId: id,
  channel: z.string(),
  address: z.string(),
  own: z.boolean().describe('The way by which the conversation goes unless another is named'),
  latest: z.boolean().describe('The customer wrote this way last'),
  wished: z
    .literal(true)
    .optional()
    .describe(
      'Asked for with a message that was left; the address is a claim, so the customer does not see what is said there',
    ),
  open: z.boolean().describe('Free words can be sent this way now'),
})
export type ConversationOutlet = z.infer<typeof outlet>
export const listOutlets = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/outlets',
  access: 'conversations.read',
  tag,
  summary: 'List the ways by which the customer of a conversation can be answered, and why others cannot be used now',
  params,
  response: z.object({ outlets: z.array(outlet) }),
})

export const replyPreview = z.object({
  messages: z.array(
    z.object({
      parts: z
        .array(
          z.object({
            text: z.string().describe('What the customer reads; empty for a file alone'),
            segments: z.number().int().nullable().describe('Of a text message, as operators count'),
          }),
        )
        .describe('What goes to the provider for it, in order'),
      degraded: z.array(z.string()).describe('What the customer sees instead of what was written'),
      problem: deliveryProblem.nullable().describe('Why the channel cannot carry it'),
    }),
  ),
  sms: z
    .object({
      encoding: z.enum(['gsm-7', 'ucs-2']),
      segments: z.number().int(),
      perSegment: z.number().int().describe('Most characters of each'),
    })
    .nullable()
    .describe('Of all together, where operators count by segments'),
  problem: deliveryProblem.nullable().describe('Why none of it may be sent now'),
})
export type ReplyPreview = z.infer<typeof replyPreview>
export const firstPreview = replyPreview.pick({ sms: true, problem: true }).extend({
  address: z.string().nullable().describe('Where it would go, as the channel writes it; null: nowhere'),
})
export type FirstPreview = z.infer<typeof firstPreview>
export const previewFirst = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/first-preview',
  access: 'conversations.work',
  tag,
  summary: 'Where a message that begins a conversation would go, how many texts it is, and why it may not be sent',
  params,
  body: z.object({
    contactId: id.optional(),
    address: z.string().trim().min(1).max(320).refine(noNul).optional(),
    content: agentContent.optional().describe('Without it only the address and its consent are looked at'),
  }),
  response: firstPreview,
})
export const previewReply = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/reply-preview',
  access: 'conversations.work',
  tag,
  summary: 'What would go out for messages that are being written, as it would be rendered for sending',
  params,
  body: z.object({
    contents: z.array(agentContent).min(1).max(50).describe('In the order in which they would be sent'),
    replyToId: id.optional().describe('What the last of them answers'),
    viaIdentityId: id.optional(),
  }),
  response: replyPreview,
})
