import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideSnooze, decideWake } from './rules.ts'

export const snoozeConversation = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; until: string },
) =>
  actAsAgent(deps, agent, input, (conversation, now) =>
    decideSnooze(conversation, actorOf(agent), new Date(input.until), now),
  )

export const wakeConversation = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string },
) => actAsAgent(deps, agent, input, (conversation) => decideWake(conversation, 'agent'))
