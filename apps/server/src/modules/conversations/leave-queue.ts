import type { Conversation } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { AppError } from '#platform/errors'
import { surveyOf } from './close.ts'
import type { NewEntry } from './append.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideLeaveInQueue, decideLeaveQueue, type Instead } from './queue-rules.ts'

/** By the customer. Throws `not-waiting` once somebody has taken it or it has left the queue in another way. */
export async function leaveQueue(
  deps: ConversationDeps,
  conversation: Pick<Conversation, 'id' | 'inboxId' | 'contactId'>,
  clientKey: string,
  instead: Instead,
  /** What speaks against it; thrown unless it is the repeat of what was done before that came to be. */
  refusal: AppError | null,
) {
  const author = { type: 'contact', id: conversation.contactId } as const
  const survey = await surveyOf(deps.db, conversation.inboxId)
  const itemId = uuidv7()
  return deps.appender.append({
    conversationId: conversation.id,
    clientKey,
    author,
    decide: (current) => {
      if (refusal) throw refusal
      return decideLeaveQueue(current, author, instead, itemId, survey)
    },
  })
}

interface LeftInQueue {
  clientKey: string
  /** The message, and what is said to it at once. */
  said: (conversation: Conversation) => readonly NewEntry[]
  refusal: AppError | null
}

/** With a message that stands in the conversation; from then on it waits as one. */
export async function leaveInQueue(
  deps: ConversationDeps,
  { id, contactId }: Pick<Conversation, 'id' | 'contactId'>,
  { clientKey, said, refusal }: LeftInQueue,
) {
  const author = { type: 'contact', id: contactId } as const
  const itemId = uuidv7()
  return deps.appender.append({
    conversationId: id,
    clientKey,
    author,
    decide: (current) => {
      if (refusal) throw refusal
      return decideLeaveInQueue(current, author, said(current), itemId)
    },
  })
}
