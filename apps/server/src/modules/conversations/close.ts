import type { Author, Conversation, EntryBody } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { readInbox } from '#inboxes'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { readScope } from './read-scope.ts'
import { decideClose, decideReopen } from './rules.ts'

/** The survey that an inbox asks after closing, or null. */
export async function surveyOf(db: Database, inboxId: string): Promise<EntryBody<'survey.requested'> | null> {
  const inbox = await readInbox(db, inboxId)
  return inbox?.settings.survey.enabled ? { surveyId: uuidv7(), scale: inbox.settings.survey.scale } : null
}

export async function closeConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; reason: EntryBody<'conversation.closed'>['reason'] },
) {
  const scope = await readScope(deps.db, input.id)
  const survey = scope && (await surveyOf(deps.db, scope.inboxId))
  return actAsAgent(deps, agent, input, (conversation) =>
    decideClose(conversation, actorOf(agent), { reason: input.reason }, survey),
  )
}

/** Closing by the customer, or by a rule. */
export async function closeFor(
  deps: ConversationDeps,
  conversation: Pick<Conversation, 'id' | 'inboxId'>,
  author: Author,
  clientKey: string,
  reason: EntryBody<'conversation.closed'>['reason'],
) {
  const survey = await surveyOf(deps.db, conversation.inboxId)
  return deps.appender.append({
    conversationId: conversation.id,
    clientKey,
    author,
    decide: (current) => decideClose(current, { author, mayTouchOthers: true }, { reason }, survey),
  })
}

export const reopenConversation = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string },
) => actAsAgent(deps, agent, input, decideReopen)
