import type { AgentPrincipal } from '#platform/principal'
import { actAsSupervisor } from './act.ts'
import { decideWhisper } from './colleague-rules.ts'
import type { ConversationDeps } from './conversation-deps.ts'

/** Words to whoever holds it, which the customer never sees. */
export const whisper = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; text: string },
) => actAsSupervisor(deps, agent, input, (conversation) => decideWhisper(conversation, input.text))
