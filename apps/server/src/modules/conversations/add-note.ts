import type { EntryBody } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideNote } from './rules.ts'

export const addNote = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  { id, clientKey, ...body }: { id: string; clientKey: string } & EntryBody<'note.added'>,
) => actAsAgent(deps, agent, { id, clientKey }, (conversation) => decideNote(conversation, body))
