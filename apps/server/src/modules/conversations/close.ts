import type { Author, Conversation, EntryBody, Inbox } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { knownInbox, readInbox } from '#inboxes'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideClose, decideReopen } from './rules.ts'

type Survey = EntryBody<'survey.requested'> | null

const surveyIn = (inbox: Inbox | null): Survey =>
  inbox?.settings.survey.enabled ? { surveyId: uuidv7(), scale: inbox.settings.survey.scale } : null

/** The survey that an inbox asks after closing, or null. */
export const surveyOf = async (db: Database, inboxId: string): Promise<Survey> => surveyIn(await readInbox(db, inboxId))

/** Refuses a closing whose inbox must be read first. */
class UnreadInbox extends Error {
  readonly inboxId: string
  constructor(inboxId: string) {
    super('the inbox is not at hand')
    this.inboxId = inboxId
  }
}

export async function closeConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; reason: EntryBody<'conversation.closed'>['reason'] },
) {
  const close = (inboxOf: (id: string) => Inbox | null | undefined) =>
    actAsAgent(deps, agent, input, (conversation) => {
      const inbox = inboxOf(conversation.inboxId)
      if (inbox === undefined) throw new UnreadInbox(conversation.inboxId)
      return decideClose(conversation, actorOf(agent), { reason: input.reason }, surveyIn(inbox))
    })
  try {
    // Which inbox it is of is known with the row that is locked anyway, and what that asks nearly always by heart.
    return await close((id) => knownInbox(deps.db, id))
  } catch (error) {
    if (!(error instanceof UnreadInbox)) throw error
    const inbox = await readInbox(deps.db, error.inboxId)
    return close(() => inbox)
  }
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
