import type { EntryBody } from '@qiao/protocol'
import { mustBeUploadedBy } from '#attachments'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideNote } from './rules.ts'

export async function addNote(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  { id, clientKey, ...body }: { id: string; clientKey: string } & EntryBody<'note.added'>,
) {
  await mustBeUploadedBy(deps.db, body.attachmentIds, { agentId: agent.agentId })
  return actAsAgent(deps, agent, { id, clientKey }, (conversation) => decideNote(conversation, body))
}
