import { z } from 'zod'
import { attachmentKinds, attachmentReference } from './attachment-reference.ts'
import { email, id, noNul } from './primitives.ts'

/** A message that was left (留言): nobody was there, and the answer comes another time, perhaps another way. */

export const answerWays = ['chat', 'mail', 'sms'] as const
export type AnswerWay = (typeof answerWays)[number]

const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d\s()-]{5,30}$/, 'A phone number')

/** How the customer wants the answer, and where: a claim that nobody has proven. */
export const answerBy = z.discriminatedUnion('way', [
  z.object({ way: z.literal('chat') }),
  z.object({ way: z.literal('mail'), address: email }),
  z.object({ way: z.literal('sms'), address: phone }),
])
export type AnswerBy = z.infer<typeof answerBy>

export const topicKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
export const leftMessageTopic = z.object({ key: topicKey, label: z.string().trim().min(1).max(60).refine(noNul) })

export const leftFile = attachmentReference.extend({ kind: z.enum(attachmentKinds) })

export const leftMessageContent = z.object({
  type: z.literal('left-message'),
  text: z.string().max(10_000).refine(noNul),
  topic: leftMessageTopic.nullable().default(null),
  values: z
    .array(
      z.object({ name: z.string().max(40), label: z.string().max(100), value: z.string().max(4000).refine(noNul) }),
    )
    .max(20)
    .default([]),
  files: z.array(leftFile).max(10).default([]),
  answerBy: answerBy.default({ way: 'chat' }),
})

export type LeftMessage = z.infer<typeof leftMessageContent>

/** What letters about it are called: its topic, or how it begins. */
export function subjectOfLeft({ topic, text }: Pick<LeftMessage, 'topic' | 'text'>): string {
  if (topic) return topic.label
  const [line = ''] = text.trim().split(/\r?\n/)
  const letters = Array.from(line)
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : line
}

export const mostLeftFiles = 10

/** What an inbox lets people leave, and by which of its ways they can be answered. */
export const leaveMessageSettings = {
  /** Also while it is open: who cannot wait may leave a message. */
  always: z.boolean().default(false),
  topics: z.array(leftMessageTopic).max(20).default([]),
  files: z.boolean().default(true),
  /** In the chat when they are back, always; by mail or SMS from these inboxes. */
  answersFrom: z
    .object({ mailInboxId: id.nullable().default(null), smsInboxId: id.nullable().default(null) })
    .prefault({}),
  /** Said at once, in the chat and the way that was chosen; `{number}` and `{expected}` are filled in. */
  acknowledge: z.boolean().default(true),
}
