import { type Conversation, currentContent, type EntryBody, type MessageEntry } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import type { NewEntry } from './append.ts'
import { type Actor, agentIdOf, mustBeOwnWork } from './rules.ts'

/** Two conversations that become one, and one that becomes two. Pure, as in `rules.ts`; nothing is ever moved. */

const goesOnHere = (conversation: Conversation): void => {
  if (conversation.mergedIntoId !== null) throw new AppError('conversation-merged')
}

/** Told to the one that goes on in the other. An empty answer: it does so already. */
export function decideMerge(from: Conversation, into: Conversation, actor: Actor): NewEntry[] {
  if (from.id === into.id) throw new AppError('invalid-input', { detail: 'A conversation is itself already' })
  if (from.mergedIntoId === into.id) return []
  goesOnHere(from)
  goesOnHere(into)
  mustBeOwnWork(from, actor)
  const { waitingSince } = from
  return [
    { kind: 'conversation.merged', body: { intoId: into.id, intoNumber: into.number, waitingSince } },
    ...(from.state === 'closed' ? [] : [{ kind: 'conversation.closed', body: { reason: 'duplicate' } } as const]),
  ]
}

/** Told to the other. What was going on must go on: it opens, and whoever merges takes what nobody else will. */
export function decideAbsorb(into: Conversation, from: Conversation, { author }: Actor): NewEntry[] {
  const { waitingSince } = from
  const absorbed: NewEntry = {
    kind: 'conversation.absorbed',
    body: { fromId: from.id, fromNumber: from.number, waitingSince },
  }
  if (from.state === 'closed') return [absorbed]
  const agentId = agentIdOf(author)
  const isNobodys = into.assigneeId === null && into.queue === null
  return [
    ...awake(into),
    absorbed,
    ...(isNobodys && agentId
      ? [{ kind: 'conversation.assigned', body: { agentId, fromAgentId: null, cause: 'picked' } } as const]
      : []),
  ]
}

function awake({ state }: Conversation): NewEntry[] {
  if (state === 'closed') return [{ kind: 'conversation.reopened', body: { cause: 'agent' } }]
  return state === 'snoozed' ? [{ kind: 'conversation.woken', body: { cause: 'agent' } }] : []
}

interface Undone {
  from: NewEntry[]
  into: NewEntry[]
}

/** `waitingSince` of the customer when it was merged, who waits on unless they were answered in the other one. */
export function decideUnmerge(
  from: Conversation,
  into: Conversation,
  actor: Actor,
  waitingSince: string | null,
): Undone {
  if (from.mergedIntoId !== into.id) throw new AppError('changed-meanwhile')
  mustBeOwnWork(from, actor)
  const waits = into.waitingSince === null ? null : waitingSince
  const wasClosedByIt = from.state === 'closed' && from.closeReason === 'duplicate'
  return {
    from: [
      {
        kind: 'conversation.merged',
        body: { intoId: into.id, intoNumber: into.number, waitingSince: waits, undone: true },
      },
      ...(wasClosedByIt ? [{ kind: 'conversation.reopened', body: { cause: 'agent' } } as const] : []),
    ],
    into: [
      {
        kind: 'conversation.absorbed',
        body: { fromId: from.id, fromNumber: from.number, waitingSince: waits, undone: true },
      },
    ],
  }
}

export function decideSplit(
  conversation: Conversation,
  actor: Actor,
  message: MessageEntry | null,
  to: { id: string; number: number },
): NewEntry[] {
  goesOnHere(conversation)
  mustBeOwnWork(conversation, actor)
  if (!message) throw new AppError('not-found', { detail: 'No such message in this conversation' })
  if (currentContent(message) === null) throw new AppError('message-recalled')
  return [{ kind: 'conversation.split', body: { entryId: message.id, toId: to.id, toNumber: to.number } }]
}

/** What the new one knows of where it comes from. */
export function splitFrom(
  { id, number, subject, waitingSince }: Conversation,
  message: MessageEntry,
): NonNullable<EntryBody<'conversation.started'>['splitFrom']> {
  const content = currentContent(message)
  const waits = message.kind === 'message.received' && waitingSince !== null && message.at >= waitingSince
  return {
    conversationId: id,
    number,
    entryId: message.id,
    subject: (content?.type === 'mail' && content.subject) || subject,
    waitingSince: waits ? message.at : null,
  }
}
