import { z } from 'zod'
import { attachment } from './attachment.ts'
import { contact } from './contact.ts'
import { agentContent } from './content.ts'
import { marks } from './conversation.ts'
import { entry } from './entries.ts'
import { problemSchema } from './errors.ts'
import { sendVisitorMessage } from './api/client.ts'
import { clientKey, id } from './primitives.ts'
import { publicAgent, visitorConversation } from './visitor-view.ts'
import { agentState, board, offer, offerOutcomes, queuePlace } from './work.ts'

/**
 * Frames of the two sockets, `/ws/agent` and `/ws/visitor`. Text frames with one JSON object each.
 * Entries come in `seq` order per conversation; a client that sees a gap reads the missing part over HTTP.
 * Typing, viewing and presence are never stored. `resync` means: this server may have missed something, do what you do
 * after a reconnect.
 */
const seq = z.number().int().nonnegative()
const typing = z.object({
  type: z.literal('typing'),
  conversationId: id,
  typing: z.boolean(),
  /** What the visitor is writing, only where the inbox shows it to agents. */
  draft: z.string().max(2000).optional(),
})

/** The first frame of a visitor. The token travels here because an address may be logged. */
const hello = z.object({ type: z.literal('hello'), token: z.string().max(4096) })

export const visitorClientFrame = z.discriminatedUnion('type', [
  hello,
  z.object({ type: z.literal('send'), ...sendVisitorMessage.body.shape }),
  typing,
  z.object({ type: z.literal('mark'), conversationId: id, deliveredSeq: seq.optional(), readSeq: seq.optional() }),
  z.object({ type: z.literal('ping') }),
])
export type VisitorClientFrame = z.input<typeof visitorClientFrame>

export const agentClientFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('send'),
    clientKey,
    conversationId: id,
    content: agentContent,
    replyToId: id.optional(),
    viaIdentityId: id.optional(),
  }),
  typing.omit({ draft: true }),
  /** The conversation on screen, or none: others see who is viewing. */
  z.object({
    type: z.literal('view'),
    conversationId: id.nullable(),
    /** Leads watch without being shown to the others. */
    silent: z.boolean().default(false),
  }),
  /** Sends the board now and on each change, until told otherwise. Leads and administrators only. */
  z.object({ type: z.literal('watch-board'), on: z.boolean() }),
  z.object({ type: z.literal('mark'), conversationId: id, readSeq: seq }),
  z.object({ type: z.literal('ping') }),
])
export type AgentClientFrame = z.input<typeof agentClientFrame>

const sharedServerFrames = [
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('resync') }),
  /** Answer to `send`: stored. A repeat gives the same answer. */
  z.object({ type: z.literal('sent'), clientKey, conversationId: id, entries: z.array(entry) }),
  z.object({ type: z.literal('refused'), clientKey: clientKey.nullable(), problem: problemSchema }),
  z.object({ type: z.literal('entries'), conversationId: id, entries: z.array(entry) }),
  z.object({ type: z.literal('marks'), conversationId: id, marks }),
  z.object({ type: z.literal('attachment'), conversationId: id.nullable(), attachment }),
] as const

export const visitorServerFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), contactId: id, serverTime: z.iso.datetime() }),
  ...sharedServerFrames,
  /** A place in the queue, or that there is none any more; `connecting` while it rings at an agent. */
  z.object({
    type: z.literal('queue'),
    conversationId: id,
    place: queuePlace.nullable(),
    connecting: z.boolean(),
    /** Filled in, in the visitor's language; null for the built-in words. */
    connectingText: z.string().nullable(),
  }),
  /** A conversation that began elsewhere: another tab, or an agent wrote first. */
  z.object({ type: z.literal('conversation'), conversation: visitorConversation }),
  z.object({ type: z.literal('agents'), agents: z.array(publicAgent) }),
  z.object({ type: z.literal('typing'), conversationId: id, agent: publicAgent.nullable(), typing: z.boolean() }),
  /** The token no longer works: logged out elsewhere, merged into another contact, or blocked. */
  z.object({ type: z.literal('ended'), reason: z.enum(['logged-out', 'identified', 'blocked', 'expired']) }),
])
export type VisitorServerFrame = z.infer<typeof visitorServerFrame>

export const agentServerFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), agentId: id, serverTime: z.iso.datetime() }),
  ...sharedServerFrames,
  /** The caller's own reading, from another tab or device. */
  z.object({ type: z.literal('read'), conversationId: id, unreadCount: z.number().int() }),
  z.object({ type: z.literal('contact'), contact }),
  /** Two contacts are one from here on, or two again: what is shown of either is to be read anew. */
  z.object({ type: z.literal('contacts-merged'), fromId: id, intoId: id, undone: z.boolean() }),
  z.object({
    type: z.literal('typing'),
    conversationId: id,
    who: z.object({ type: z.enum(['contact', 'agent']), id }),
    typing: z.boolean(),
    draft: z.string().optional(),
  }),
  z.object({ type: z.literal('viewers'), conversationId: id, agentIds: z.array(id) }),
  /** What may be sent to the customer has changed: ask for it again (`readReplyPolicy`). */
  z.object({ type: z.literal('reply-policy'), conversationId: id }),
  /** Replies that have not left yet are to be asked for again; null: the caller's mails that begin conversations. */
  z.object({ type: z.literal('scheduled-replies'), conversationId: id.nullable() }),
  /** The caller's own routing state and work in hand. */
  z.object({ type: z.literal('routing'), state: agentState }),
  z.object({ type: z.literal('offer'), offer }),
  z.object({ type: z.literal('offer-ended'), offerId: id, outcome: z.enum(offerOutcomes) }),
  z.object({ type: z.literal('board'), board }),
  z.object({ type: z.literal('online'), contactId: id, online: z.boolean() }),
  /** Something of the settings changed: read that list again. */
  z.object({
    type: z.literal('changed'),
    what: z.enum(['inboxes', 'agents', 'teams', 'calendars', 'me', 'organisation', 'routing', 'templates']),
  }),
  z.object({ type: z.literal('signed-out') }),
])
export type AgentServerFrame = z.infer<typeof agentServerFrame>
