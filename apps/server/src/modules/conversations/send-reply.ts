import type { MailInvitation, MessageContent } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'
import { AppError } from '#platform/errors'
import { actAsAgent, authorOf } from './act.ts'
import { describeContent } from './describe-content.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideReply } from './rules.ts'

interface Reply {
  id: string
  clientKey: string
  content: MessageContent
  replyToId?: string | undefined
  viaIdentityId?: string | undefined
  /** Of a letter that answers one: what it says to calendars is never the writer's own. */
  invitation?: MailInvitation
}

export async function sendReply(deps: ConversationDeps, agent: AgentPrincipal, reply: Reply) {
  const { viaIdentityId, invitation } = reply
  if (viaIdentityId !== undefined && !deps.outlet) throw new AppError('not-found')
  const other = viaIdentityId && (await deps.outlet?.mayReplyVia(agent, reply.id, viaIdentityId, reply.content))
  const elsewhere = other && !other.own ? other.content : undefined
  const allowed = elsewhere ?? (await deps.outlet?.mayReply(reply.id, reply.content, 'agent')) ?? reply.content
  const described = await describeContent(deps.db, { agentId: agent.agentId, conversationId: reply.id }, allowed)
  const content = invitation && described.type === 'mail' ? { ...described, invitation } : described
  return actAsAgent(deps, agent, reply, (conversation) => {
    const isAnother = other ? other.contactId !== conversation.contactId : false
    // Found out in this moment that they are not one person after all.
    if (other && isAnother && !other.wished) throw new AppError('changed-meanwhile')
    const own = !other || other.own
    return decideReply(conversation, authorOf(agent), {
      content,
      ...(reply.replyToId ? { replyToId: reply.replyToId } : {}),
      ...(own ? {} : { via: { identityId: other.identityId, inboxId: other.inboxId } }),
      ...(isAnother ? { apart: true as const } : {}),
    })
  })
}
