import type { Conversation } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { surveyOf } from './close.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideLeaveQueue, type Instead } from './queue-rules.ts'

/** By the customer. Throws `not-waiting` once somebody has taken it or it has left the queue in another way. */
export async function leaveQueue(
  deps: ConversationDeps,
  conversation: Pick<Conversation, 'id' | 'inboxId' | 'contactId'>,
  clientKey: string,
  instead: Instead,
) {
  const author = { type: 'contact', id: conversation.contactId } as const
  const survey = await surveyOf(deps.db, conversation.inboxId)
  const itemId = uuidv7()
  return deps.appender.append({
    conversationId: conversation.id,
    clientKey,
    author,
    decide: (current) => decideLeaveQueue(current, author, instead, itemId, survey),
  })
}
