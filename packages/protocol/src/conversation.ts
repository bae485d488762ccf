import { z } from 'zod'
import { closeReasons, surveyScales } from './entries.ts'
import { id, instant, localeCode } from './primitives.ts'

export const conversationStates = ['open', 'snoozed', 'closed'] as const
export type ConversationState = (typeof conversationStates)[number]

const seq = z.number().int().nonnegative()

/** The projection of a timeline that agents' lists and headers show. Written only through `applyEntry`. */
export const conversation = z.object({
  id,
  /** Short number that people quote. */
  number: z.number().int().positive(),
  inboxId: id,
  contactId: id,
  identityId: id,
  state: z.enum(conversationStates),
  assigneeId: id.nullable(),
  teamId: id.nullable(),
  /** Where it waits for an agent; null when it does not. */
  queue: z.object({ itemId: id, queueId: id, channel: z.string() }).nullable(),
  /** Colleagues who take part beside the assignee. They, and those who are being consulted, see it while they do. */
  participantIds: z.array(id),
  consults: z.array(z.object({ id, agentId: id })),
  tags: z.array(z.string()),
  /** Of the first letter; null where people do not write letters. */
  subject: z.string().nullable(),
  language: localeCode.nullable(),
  createdAt: instant,
  lastSeq: seq,
  lastPublicSeq: seq,
  lastActivityAt: instant,
  lastMessage: z
    .object({
      entryId: id,
      from: z.enum(['contact', 'agent', 'bot', 'system']),
      type: z.string(),
      preview: z.string(),
      at: instant,
      /** The name of whoever said it, in a group. */
      by: z.string().optional(),
      /** Of an entry that is `apart`: the customer does not see it. */
      apart: z.literal(true).optional(),
    })
    .nullable(),
  /** Since when the oldest unanswered customer message waits; null when it is the customer's turn. */
  waitingSince: instant.nullable(),
  firstReplyAt: instant.nullable(),
  /** Numbers of messages from and to the customer: unread counts are differences of these, never a scan. */
  receivedCount: z.number().int().nonnegative(),
  sentCount: z.number().int().nonnegative(),
  snoozedUntil: instant.nullable(),
  closedAt: instant.nullable(),
  closeReason: z.enum(closeReasons).nullable(),
  /** In which it goes on; null when it is its own. */
  mergedIntoId: id.nullable(),
  silenceWarnedAt: instant.nullable(),
  /** Messages of agents that have not arrived, until somebody answers, sends again, closes or leaves it at that. */
  undelivered: z.array(id),
  survey: z
    .object({
      id,
      scale: z.enum(surveyScales),
      score: z.number().int().min(1).max(5).nullable(),
      comment: z.string().nullable(),
    })
    .nullable(),
})
export type Conversation = z.infer<typeof conversation>

/**
 * How far each side has got, in public sequence numbers. Marks only grow, so a client merges them with `max` and needs
 * no history of them; they are sent as frames and stored as columns, not as entries.
 */
export const marks = z.object({
  /** Taken by the provider; absent where storing is sending. */
  sentSeq: seq.optional(),
  contactDeliveredSeq: seq,
  contactReadSeq: seq,
  agentReadSeq: seq,
})
export type Marks = z.infer<typeof marks>

export { mergeMarks } from './merge-marks.ts'
