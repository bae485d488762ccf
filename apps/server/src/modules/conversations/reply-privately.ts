import type { ContentOf, EntryBody, MessageEntry } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'
import { AppError } from '#platform/errors'
import { authorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideReply } from './rules.ts'
import { startConversation } from './start-conversation.ts'

interface PrivateReply {
  clientKey: string
  content: ContentOf<'text'>
  /** What is answered, in the conversation that others read. */
  privately: NonNullable<EntryBody<'message.sent'>['privately']>
  inboxId: string
  contactId: string
  /** The customer's private way. */
  identityId: string
  /** Where the two talk in private already; null begins a conversation. */
  conversationId: string | null
}

/**
 * Says in private what answers something public. Whoever may answer there may do so here, also in a conversation that
 * they do not see: it is the same customer, of the same inbox.
 */
export async function replyPrivately(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  reply: PrivateReply,
): Promise<MessageEntry> {
  const author = authorOf(agent)
  const { clientKey, content, privately, inboxId, contactId, identityId, conversationId } = reply
  const body = { content, privately }
  const { entries } = conversationId
    ? await deps.appender.append({
        conversationId,
        clientKey,
        author,
        decide: (conversation) => decideReply(conversation, author, body),
      })
    : await startConversation(deps, {
        inboxId,
        contactId,
        identityId,
        author,
        clientKey,
        started: { via: 'agent', previousConversationId: null },
        assigneeId: agent.agentId,
        entries: [{ kind: 'message.sent', body }],
      })
  const sent = entries.find((entry) => entry.kind === 'message.sent')
  if (!sent) throw new AppError('internal')
  return sent
}
