import { z } from 'zod'
import { messageContent } from './content.ts'
import { clientKey, id, instant, localeCode, noNul, webUrl } from './primitives.ts'
import { queueOutcomes } from './work.ts'

/**
 * The timeline (architecture.md §1.1). Every fact of a conversation is one entry with a gap-free `seq`.
 * Entries that the customer may see also carry a gap-free `publicSeq`: a visitor's client detects its own gaps without
 * learning that notes exist between two messages.
 */

export const author = z.discriminatedUnion('type', [
  z.object({ type: z.literal('contact'), id }),
  z.object({ type: z.literal('agent'), id }),
  z.object({ type: z.literal('bot'), id: z.string().max(64) }),
  z.object({ type: z.literal('system') }),
])
export type Author = z.infer<typeof author>

/** The way by which a message went or came, when it is not the conversation's own. */
const via = z.object({ identityId: id, inboxId: id })
/**
 * Said to, or by, somebody at an address that the customer only claimed to be theirs. Whoever answers there may be another
 * person: the customer learns that it was said, and nothing of what.
 */
const apart = z.literal(true).optional()
const messageBody = z.object({ content: messageContent, replyToId: id.optional(), via: via.optional(), apart })
/** How the customer came: an advertisement, a code, a link with a parameter. */
const referral = z.object({
  source: z.string().max(200),
  parameter: z.string().max(1000).optional(),
  title: z.string().max(500).optional(),
  url: z.string().max(2048).optional(),
})
const target = z.object({ targetId: id })
const revisionChange = z.enum(['edit', 'recall', 'react'])
/** Why a channel did not send. The code chooses the words; the rest is the provider's own, for those who look closer. */
export const deliveryProblem = z.object({
  code: z.string().max(60),
  detail: z.string().max(1000).optional(),
  providerCode: z.string().max(100).optional(),
})
export type DeliveryProblem = z.infer<typeof deliveryProblem>
/** Of several who were written to, those whom it did not reach; all others have it. */
const refusedRecipients = z.array(z.object({ address: z.string().max(320), problem: deliveryProblem })).max(50)
const words = z.string().max(4000).refine(noNul)

/** `elsewhere`: people answer in the provider's own app. */
export const closeReasons = ['resolved', 'no-reply', 'spam', 'duplicate', 'visitor-left', 'elsewhere', 'other'] as const
export const surveyScales = ['stars', 'thumbs', 'faces'] as const

export const deviceInfo = z.object({
  userAgent: z.string().max(500).optional(),
  language: localeCode.optional(),
  timeZone: z.string().max(64).optional(),
  screen: z.string().max(20).optional(),
})
export const pageInfo = z.object({
  url: webUrl,
  title: z.string().max(300).optional(),
  referrer: z.string().max(2048).optional(),
})

/** kind → what the customer may see of it, and the shape of its body. */
export const entryBodies = {
  'conversation.started': z.object({
    via: z.enum(['visitor', 'agent', 'offline-form', 'api']),
    previousConversationId: id.nullable(),
    page: pageInfo.optional(),
    device: deviceInfo.optional(),
    /** The number (工号) of the agent whom the customer's link, page or signed token names. */
    wantsAgent: z.string().max(20).optional(),
    /** The queue to which the code that the customer came by leads. */
    queueId: id.optional(),
    /** Split off: the message with which it begins stays where it was said. */
    splitFrom: z
      .object({
        conversationId: id,
        number: z.number().int().positive(),
        entryId: id,
        subject: z.string().max(1000).nullable(),
        /** Since when the message waits for an answer. */
        waitingSince: instant.nullable(),
      })
      .optional(),
  }),
  /** `by`: who said it, in a group: the contact of the conversation is the group itself. */
  /** `elsewhere`: said to people in the provider's own app, who answer it there. */
  'message.received': messageBody.extend({
    elsewhere: z.literal(true).optional(),
    by: z.object({ name: z.string().max(200) }).optional(),
    referral: referral.optional(),
    extra: z.unknown().optional(),
  }),
  /**
   * `elsewhere`: written in the provider's own app. It is here to be read, not to be sent. `notice`: said by itself of the
   * customer's waiting.
   */
  'message.sent': messageBody.extend({
    elsewhere: z.literal(true).optional(),
    notice: z.literal(true).optional(),
    /** Answers in private what was said in public, which is in that conversation. */
    privately: z.object({ conversationId: id, entryId: id }).optional(),
  }),
  'message.edited': z.object({ targetId: id, content: messageContent, apart }),
  'message.recalled': z.object({ targetId: id, apart }),
  /** The channel did not take it. */
  'message.failed': target.extend({
    problem: deliveryProblem,
    recipients: refusedRecipients.optional(),
    /** Whose message it was, theirs to look after; absent for what was said by itself. */
    agentId: id.optional(),
  }),
  /** The other side has not taken it yet and goes on trying. */
  'message.delayed': target.extend({ problem: deliveryProblem }),
  /** It went out and no answer came: the customer may or may not have it. */
  'message.unsure': target.extend({ problem: deliveryProblem }),
  /** We have not got rid of it yet and go on trying: told once for each reason, not at each try. */
  'message.retrying': target.extend({ problem: deliveryProblem, since: instant }),
  /** Once more on its way, because a person wants it so; `recipients`: to these only, since all others have it. */
  'message.resent': target.extend({ recipients: z.array(z.string().max(320)).min(1).max(50).optional() }),
  /** Had trouble, and has arrived at the provider after all. */
  'message.accepted': target,
  /** A person has seen the trouble and leaves it at that. */
  'message.dismissed': target,
  /** The channel did not change it, or did not take it back: the customer sees what was there before. */
  'message.revision-failed': target.extend({ change: revisionChange, problem: deliveryProblem }),
  /** Null takes it back. Of a customer's message by us, of ours by the customer. */
  'message.reacted': target.extend({ emoji: z.string().max(40).nullable(), apart }),
  /**
   * Something that the customer did beside writing: followed, pressed a menu, scanned a code. `session-…`: what became of their
   * session at the provider; by an agent, who moved it.
   */
  'contact.acted': z.object({
    act: z.string().max(60),
    words: z.string().max(500),
    parameter: z.string().max(1000).optional(),
  }),
  /** Wants no messages from us any more, or no advertising; or wants them again. By an agent: what a provider refused is allowed again. */
  'contact.consented': z.object({ wanted: z.boolean(), about: z.literal('promotion').optional() }),
  'note.added': z.object({
    text: words.min(1),
    mentions: z.array(id).max(20).default([]),
    attachmentIds: z.array(id).max(10).default([]),
  }),
  'conversation.assigned': z.object({
    agentId: id.nullable(),
    fromAgentId: id.nullable(),
    cause: z.enum([
      'picked',
      'assigned',
      'transferred',
      'released',
      'replied',
      'agent-removed',
      'offered',
      'taken-over',
      'agent-gone',
    ]),
  }),
  /** Internal side of a transfer: which team, and the words for the next agent. */
  'conversation.transferred': z.object({
    agentId: id.nullable(),
    teamId: id.nullable(),
    fromTeamId: id.nullable(),
    note: words.optional(),
  }),
  /** Waits in a queue from here on, or in another one than before. */
  'conversation.queued': z.object({
    itemId: id,
    queueId: id,
    channel: z.string().max(40),
    cause: z.enum([
      'started',
      'reopened',
      'woken',
      'transferred',
      'overflowed',
      'agent-gone',
      'released',
      'message',
      'callback',
      'came-back',
      'moved',
      'api',
    ]),
    note: words.optional(),
  }),
  /** Waits no longer, without an agent having taken it. */
  'conversation.queue-left': z.object({
    itemId: id,
    queueId: id,
    outcome: z.enum(queueOutcomes),
    /** Asked for with a callback. */
    phone: z.string().max(40).optional(),
  }),
  'conversation.prioritised': z.object({ itemId: id, priority: z.number().int(), front: z.boolean() }),
  /** Took part from here on: the customer sees who. */
  'participant.joined': z.object({ agentId: id }),
  'participant.left': z.object({ agentId: id }),
  /** Agents among themselves about this conversation. */
  'consult.started': z.object({ consultId: id, agentId: id, text: words.min(1) }),
  'consult.said': z.object({ consultId: id, text: words.min(1) }),
  'consult.ended': z.object({ consultId: id }),
  /** A lead to the agent who holds it. */
  'whisper.added': z.object({ text: words.min(1) }),
  'conversation.wrapped-up': z.object({
    itemId: id,
    dispositionId: id.nullable(),
    note: words.optional(),
    cause: z.enum(['agent', 'time']),
  }),
  'conversation.closed': z.object({ reason: z.enum(closeReasons) }),
  /** `undelivered`: what an agent wrote last has not arrived. */
  'conversation.reopened': z.object({ cause: z.enum(['customer-wrote', 'agent', 'undelivered']) }),
  /** Goes on in another one, which takes what comes later; `undone`: by itself again. */
  'conversation.merged': z.object({
    intoId: id,
    intoNumber: z.number().int().positive(),
    /** Since when its customer waits, which the other one takes over. */
    waitingSince: instant.nullable(),
    undone: z.literal(true).optional(),
  }),
  /** The other side of it: takes what comes later for that one. */
  'conversation.absorbed': z.object({
    fromId: id,
    fromNumber: z.number().int().positive(),
    waitingSince: instant.nullable(),
    undone: z.literal(true).optional(),
  }),
  /**
   * A message has not arrived that was sent in one which goes on here, told here since nobody looks there any more; without a
   * problem: somebody has looked after it.
   */
  'conversation.undelivered': z.object({
    entryId: id,
    fromId: id,
    fromNumber: z.number().int().positive(),
    problem: deliveryProblem.nullable(),
  }),
  /** A message became a conversation of its own, to which its answers go from here on. */
  'conversation.split': z.object({ entryId: id, toId: id, toNumber: z.number().int().positive() }),
  'conversation.snoozed': z.object({ until: instant }),
  'conversation.woken': z.object({ cause: z.enum(['time', 'customer-wrote', 'agent', 'undelivered']) }),
  'conversation.tagged': z.object({ added: z.array(z.string().max(50)), removed: z.array(z.string().max(50)) }),
  'conversation.silence-warned': z.object({ closesAt: instant }),
  /** Belongs to another contact from here on: both were the same person, or were not after all (`undone`). */
  'contact.identified': z.object({
    contactId: id,
    fromContactId: id,
    name: z.string().max(200).nullable(),
    mergeId: id.optional(),
    undone: z.literal(true).optional(),
  }),
  'survey.requested': z.object({ surveyId: id, scale: z.enum(surveyScales) }),
  'survey.answered': z.object({
    surveyId: id,
    scale: z.enum(surveyScales),
    /** 1–5; thumbs give 1 or 5. */
    score: z.number().int().min(1).max(5),
    comment: words.optional(),
  }),
} as const

export type EntryKind = keyof typeof entryBodies
export type EntryBody<Kind extends EntryKind> = z.infer<(typeof entryBodies)[Kind]>

/** Kinds of which the customer learns. Everything else never leaves the agents' side. */
export const publicKinds: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'conversation.started',
  'message.received',
  'message.sent',
  'message.edited',
  'message.recalled',
  'message.reacted',
  'conversation.assigned',
  'conversation.queued',
  'conversation.queue-left',
  'participant.joined',
  'participant.left',
  'conversation.closed',
  'conversation.reopened',
  'conversation.silence-warned',
  'survey.requested',
  'survey.answered',
])

export const deliveryStates = [
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'delayed',
  'retrying',
] as const

const entryBase = {
  id,
  conversationId: id,
  seq: z.number().int().positive(),
  publicSeq: z.number().int().positive().nullable(),
  at: instant,
  author,
  clientKey: clientKey.nullable(),
}

const entryOf = <Kind extends EntryKind>(kind: Kind) =>
  z.object({ ...entryBase, kind: z.literal(kind), body: entryBodies[kind] })

/** Trouble on the way out, as it stands: agents see it, customers never do. */
const outgoing = z.object({
  state: z.enum(['queued', 'failed', 'unknown', 'delayed', 'retrying']),
  problem: deliveryProblem.nullable(),
  dismissed: z.boolean(),
  /** With them it has not arrived, with all others it has: it is sent again to these only. */
  recipients: refusedRecipients.optional(),
  /** To whom of them it is on its way once more. */
  again: z.array(z.string()).optional(),
  /** Since when it is being tried again, or the other side has said that it tries. */
  since: instant.optional(),
})

/**
 * What later entries did to a message. Stored beside the message so that one page of history needs no look-ahead;
 * always derivable from the entries that name it as their target.
 */
export const revision = z.object({
  editedAt: instant.nullable(),
  recalledAt: instant.nullable(),
  content: messageContent.nullable(),
  outgoing: outgoing.optional(),
  /** The latest change did not reach the customer. */
  unreached: z.object({ change: revisionChange, problem: deliveryProblem }).optional(),
  /** With which emoji we have reacted to it, as it stands. */
  reaction: z.string().max(40).optional(),
})
export type Revision = z.infer<typeof revision>
const messageEntryOf = <Kind extends 'message.received' | 'message.sent'>(kind: Kind) =>
  entryOf(kind).extend({ revision: revision.nullable() })

export const entry = z.discriminatedUnion('kind', [
  messageEntryOf('message.received'),
  messageEntryOf('message.sent'),
  entryOf('conversation.started'),
  entryOf('message.edited'),
  entryOf('message.recalled'),
  entryOf('message.failed'),
  entryOf('message.delayed'),
  entryOf('message.retrying'),
  entryOf('message.unsure'),
  entryOf('message.resent'),
  entryOf('message.accepted'),
  entryOf('message.dismissed'),
  entryOf('message.revision-failed'),
  entryOf('message.reacted'),
  entryOf('contact.acted'),
  entryOf('contact.consented'),
  entryOf('note.added'),
  entryOf('conversation.assigned'),
  entryOf('conversation.transferred'),
  entryOf('conversation.queued'),
  entryOf('conversation.queue-left'),
  entryOf('conversation.prioritised'),
  entryOf('participant.joined'),
  entryOf('participant.left'),
  entryOf('consult.started'),
  entryOf('consult.said'),
  entryOf('consult.ended'),
  entryOf('whisper.added'),
  entryOf('conversation.wrapped-up'),
  entryOf('conversation.closed'),
  entryOf('conversation.reopened'),
  entryOf('conversation.merged'),
  entryOf('conversation.absorbed'),
  entryOf('conversation.undelivered'),
  entryOf('conversation.split'),
  entryOf('conversation.snoozed'),
  entryOf('conversation.woken'),
  entryOf('conversation.tagged'),
  entryOf('conversation.silence-warned'),
  entryOf('contact.identified'),
  entryOf('survey.requested'),
  entryOf('survey.answered'),
])
export type Entry = z.infer<typeof entry>
export type EntryOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>
export type MessageEntry = EntryOf<'message.received' | 'message.sent'>

export { currentContent, isMessage } from './message.ts'
