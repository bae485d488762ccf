import { z } from 'zod'
import { agentContent } from '../content.ts'
import { endpoint } from '../endpoint.ts'
import { deliveryProblem } from '../entries.ts'
import { mailbox, mailBody, mailFile, mailWriting } from '../mail-content.ts'
import { clientKey, id, instant, noNul } from '../primitives.ts'

const tag = 'Mail'
const params = z.object({ id })
const html = z.string().max(500_000).refine(noNul)

/** What an agent has written, cleaned and kept until the message that names it (`content.bodyId`) is sent. */
export const createMailBody = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/mail-bodies',
  access: 'conversations.work',
  tag,
  summary: 'Keep the formatted body of a mail that is about to be sent',
  description:
    'The server takes out whatever does not belong in a mail, adds the signature and the quoted message where they are wanted, and makes the plain alternative.',
  params,
  body: z.object({
    html,
    quotesEntryId: id.optional().describe('The message whose words follow below'),
    quotesAs: z.enum(['reply', 'forward']).default('reply'),
    signed: z.boolean().default(true),
  }),
  status: 201,
  response: mailBody,
})
/** The same before there is a conversation. */
export const createFirstMailBody = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/mail-bodies',
  access: 'conversations.work',
  tag,
  summary: 'Keep the formatted body of a mail that begins a conversation',
  params,
  body: z.object({ html, signed: z.boolean().default(true) }),
  status: 201,
  response: mailBody,
})
export const readMailBody = endpoint({
  method: 'GET',
  path: '/api/v1/mail-bodies/:id',
  access: 'conversations.read',
  tag,
  summary: 'The formatted body of a mail, and the history below it',
  params,
  query: z.object({ images: z.enum(['blocked', 'shown']).default('blocked') }),
  response: mailBody,
})

export const readMailOriginal = endpoint({
  method: 'GET',
  path: '/api/v1/mail-bodies/:id/original',
  access: 'conversations.read',
  tag,
  summary: 'The mail as it came, as a file to be saved',
  params,
  response: z.string().describe('`message/rfc822`'),
})

export const answerKinds = ['reply', 'reply-all', 'reply-original', 'forward'] as const
/** Who a mail would go to and what it would be called; new mails have no message to answer. */
export const readMailStart = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/mail-start',
  access: 'conversations.work',
  tag,
  summary: 'What the answer to a message, or passing it on, begins with',
  params,
  query: z.object({
    entryId: id.optional(),
    kind: z.enum(answerKinds).default('reply'),
    viaIdentityId: id.optional().describe('By which way it goes, if not by the conversation’s own'),
  }),
  response: z.object({
    to: z.array(mailbox),
    cc: z.array(mailbox),
    subject: z.string(),
    /** Shown below what is written, folded; the server adds it. */
    quotedHtml: z.string().nullable(),
    /** Files that it shows; they go along by themselves. */
    quotedPictures: z.array(z.object({ id, cid: z.string() })),
    signatureHtml: z.string().nullable(),
    /** Of a mail that is passed on. */
    attachments: z.array(mailFile),
    /** From which it goes. */
    inboxId: id,
    /** What stands in the place of `{agent}`, `{customer}` and `{number}`; empty where it is not known. */
    fill: z.object({ agent: z.string(), customer: z.string(), number: z.string() }),
  }),
})

/** Somebody who takes part in a conversation by letters. */
export const conversationPerson = z.object({
  address: z.string(),
  how: z.enum(['wrote', 'copied', 'written-to']),
  since: instant,
  /** Null where nobody is known at the address. */
  contact: z.object({ id, name: z.string().nullable() }).nullable(),
  /** Why nothing is sent there any more; null where it is. */
  unreachable: deliveryProblem.nullable(),
})
export type ConversationPerson = z.infer<typeof conversationPerson>

export const listConversationPeople = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/people',
  access: 'conversations.read',
  tag,
  summary: 'Who takes part in a conversation of letters: whose it is first',
  params,
  response: z.object({ people: z.array(conversationPerson) }),
})
export const markPersonReachable = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/people/reachable',
  access: 'contacts.write',
  tag,
  summary: 'Write again to somebody who takes part and whose address was found not to work',
  params,
  body: z.object({ address: z.string().max(320) }),
  response: z.object({ people: z.array(conversationPerson) }),
})

/** A reply that leaves at a set time: in ten seconds, so that it can be undone, or next week. */
export const scheduledReply = z.object({
  id,
  /** Null while it is a mail that is going to begin one. */
  conversationId: id.nullable(),
  /** In which a mail begins a conversation; null in answers. */
  inboxId: id.nullable(),
  agentId: id,
  content: agentContent,
  replyToId: id.nullable(),
  /** Null where it was sent without. */
  writing: mailWriting.nullable(),
  sendAt: instant,
  /** `sent` and `cancelled` ones are in no list. */
  state: z.enum(['waiting', 'sending', 'sent', 'failed', 'cancelled']),
  problem: deliveryProblem.nullable(),
  createdAt: instant,
})
export type ScheduledReply = z.infer<typeof scheduledReply>

export const listScheduledReplies = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/scheduled-replies',
  access: 'conversations.read',
  tag: 'Conversations',
  summary: 'Replies that have not left yet',
  params,
  response: z.object({ items: z.array(scheduledReply) }),
})
export const scheduleReply = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/scheduled-replies',
  access: 'conversations.work',
  tag: 'Conversations',
  summary: 'Send a reply later; within seconds for one that can be undone',
  params,
  body: z.object({
    clientKey,
    content: agentContent,
    replyToId: id.optional(),
    sendAt: instant,
    writing: mailWriting.optional().describe('Given back when it is taken back, to go on writing on any device'),
  }),
  status: 201,
  response: scheduledReply,
})
export const moveScheduledReply = endpoint({
  method: 'PUT',
  path: '/api/v1/scheduled-replies/:id',
  access: 'conversations.work',
  tag: 'Conversations',
  summary: 'Send it at another time; a time that has passed sends it now',
  params,
  body: z.object({ sendAt: instant }),
  response: scheduledReply,
})
export const cancelScheduledReply = endpoint({
  method: 'DELETE',
  path: '/api/v1/scheduled-replies/:id',
  access: 'conversations.work',
  tag: 'Conversations',
  summary: 'Take it back before it leaves; gives what it was, to go on writing',
  params,
  response: scheduledReply,
})
