import type { MessageContent } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, authorOf } from './act.ts'
import { describeAttachment } from './describe-attachment.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideReply } from './rules.ts'

interface Reply {
  id: string
  clientKey: string
  content: MessageContent
  replyToId?: string | undefined
}

export async function sendReply(deps: ConversationDeps, agent: AgentPrincipal, reply: Reply) {
  const allowed = (await deps.outlet?.mayReply(reply.id, reply.content, 'agent')) ?? reply.content
  const content = await describeAttachment(deps.db, { agentId: agent.agentId }, allowed)
  return actAsAgent(deps, agent, reply, (conversation) =>
    decideReply(conversation, authorOf(agent), { content, ...(reply.replyToId ? { replyToId: reply.replyToId } : {}) }),
  )
}
