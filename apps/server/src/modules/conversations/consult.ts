import { uuidv7 } from 'uuidv7'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import { mustBeColleague, refusalOf } from './assign.ts'
import { decideEndConsult, decideSayInConsult, decideStartConsult } from './colleague-rules.ts'
import type { ConversationDeps } from './conversation-deps.ts'

interface Command {
  id: string
  clientKey: string
}

/** The colleague sees the conversation for as long as they are asked, whatever their teams. */
export async function startConsult(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: Command & { agentId: string; text: string },
) {
  const refusal = await refusalOf(mustBeColleague(deps.db, input.agentId))
  const asked = { consultId: uuidv7(), agentId: input.agentId, text: input.text }
  return actAsAgent(deps, agent, input, (conversation) => {
    if (refusal) throw refusal
    return decideStartConsult(conversation, actorOf(agent), asked)
  })
}

export const sayInConsult = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: Command & { consultId: string; text: string },
) => {
  const said = { consultId: input.consultId, text: input.text }
  return actAsAgent(deps, agent, input, (conversation) => decideSayInConsult(conversation, actorOf(agent), said))
}

export const endConsult = (deps: ConversationDeps, agent: AgentPrincipal, input: Command & { consultId: string }) =>
  actAsAgent(deps, agent, input, (conversation) => decideEndConsult(conversation, actorOf(agent), input.consultId))
