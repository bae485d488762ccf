import type { AgentPrincipal } from '#platform/principal'
import { actAsSupervisor, actorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideTakeOver } from './queue-rules.ts'

/** From whoever holds it, who learns of it by the entry, or out of the queue. */
export const takeOver = (deps: ConversationDeps, agent: AgentPrincipal, input: { id: string; clientKey: string }) =>
  actAsSupervisor(deps, agent, input, (conversation) => decideTakeOver(conversation, actorOf(agent)))
