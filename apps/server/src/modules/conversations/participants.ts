import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import { mustBeColleague, refusalOf } from './assign.ts'
import { decideAddParticipant, decideRemoveParticipant } from './colleague-rules.ts'
import type { ConversationDeps } from './conversation-deps.ts'

interface Input {
  id: string
  clientKey: string
  agentId: string
}

/** A conference: the colleague sees it from here on and writes to the customer as well. */
export async function addParticipant(deps: ConversationDeps, agent: AgentPrincipal, input: Input) {
  const refusal = await refusalOf(mustBeColleague(deps.db, input.agentId))
  return actAsAgent(deps, agent, input, (conversation) => {
    if (refusal) throw refusal
    return decideAddParticipant(conversation, actorOf(agent), input.agentId)
  })
}

export const removeParticipant = (deps: ConversationDeps, agent: AgentPrincipal, input: Input) =>
  actAsAgent(deps, agent, input, (conversation) => decideRemoveParticipant(conversation, actorOf(agent), input.agentId))
