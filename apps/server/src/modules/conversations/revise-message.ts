import type { MessageContent } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, authorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideEdit, decideReaction, decideRecall } from './rules.ts'

interface Target {
  id: string
  clientKey: string
  targetId: string
}

export async function editMessage(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: Target & { content: MessageContent },
) {
  await deps.outlet?.mayRevise(input.id, input.targetId, 'edit')
  return actAsAgent(deps, agent, input, (conversation, _now, target) =>
    decideEdit(conversation, authorOf(agent), target, input.content),
  )
}

export async function recallMessage(deps: ConversationDeps, agent: AgentPrincipal, input: Target) {
  await deps.outlet?.mayRevise(input.id, input.targetId, 'recall')
  return actAsAgent(deps, agent, input, (conversation, _now, target) =>
    decideRecall(conversation, authorOf(agent), target),
  )
}

/** Null takes it back. The same once more changes nothing. */
export async function reactToMessage(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: Target & { emoji: string | null },
) {
  await deps.outlet?.mayReact(input.id, input.targetId, input.emoji)
  return actAsAgent(deps, agent, input, (_conversation, _now, target) => decideReaction(target, input.emoji))
}
