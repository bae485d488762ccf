import { type Author, can, type Conversation, type Entry, type EntryKind, type MessageEntry } from '@qiao/protocol'
import type { AgentPrincipal } from '#platform/principal'
import { AppError } from '#platform/errors'
import type { NewEntry } from './append.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import type { Actor } from './rules.ts'
import { canSee, supervises } from './sight.ts'
import { scopeOf } from './appender.ts'

export const authorOf = (agent: AgentPrincipal): Author => ({ type: 'agent', id: agent.agentId })

export const actorOf = (agent: AgentPrincipal): Actor => ({
  author: authorOf(agent),
  mayTouchOthers: can(agent.role, 'conversations.assign-others'),
})

interface AgentCommand {
  id: string
  clientKey: string
  targetId?: string
}

/**
 * Runs a rule on a conversation for an agent. Sight is checked on the locked row: an agent from whom it was taken a
 * moment ago cannot act on it any more.
 */
export async function actAsAgent(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  command: AgentCommand,
  decide: (conversation: Conversation, now: Date, target: MessageEntry | null) => readonly NewEntry[],
): Promise<{ entries: Entry[] }> {
  const { entries } = await deps.appender.append({
    conversationId: command.id,
    clientKey: command.clientKey,
    author: authorOf(agent),
    ...(command.targetId ? { targetId: command.targetId } : {}),
    decide: (conversation, now, target) => {
      if (!canSee(agent, scopeOf(conversation))) throw new AppError('not-found')
      return workedOnHere(conversation, decide(conversation, now, target))
    },
  })
  return { entries }
}

const kindsOfWork: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'conversation.reopened',
  'conversation.assigned',
  'conversation.queued',
  'message.sent',
])

/** What goes on in another conversation is worked on there. */
function workedOnHere({ mergedIntoId }: Conversation, entries: readonly NewEntry[]): readonly NewEntry[] {
  if (mergedIntoId !== null && entries.some(({ kind }) => kindsOfWork.has(kind)))
    throw new AppError('conversation-merged')
  return entries
}

/** For what only leads of the conversation's teams and administrators may do. */
export const actAsSupervisor = (
  deps: ConversationDeps,
  agent: AgentPrincipal,
  command: AgentCommand,
  decide: (conversation: Conversation) => readonly NewEntry[],
): Promise<{ entries: Entry[] }> =>
  actAsAgent(deps, agent, command, (conversation) => {
    if (!supervises(agent, conversation)) throw new AppError('forbidden', { detail: 'It belongs to other teams' })
    return decide(conversation)
  })
