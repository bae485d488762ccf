import { callback, type Conversation, type EntryBody, leftMessage } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import type { NewEntry } from './append.ts'
import { type Actor, agentIdOf, decideClose, leftQueue, mustBeOwnWork } from './rules.ts'

/** Into a queue and out of it by a person's will. Pure, as in `rules.ts`; what the router does is decided elsewhere. */

interface Queueing {
  /** Names the stay that begins. */
  itemId: string
  queueId: string
  channel: string
  note?: string
  priority?: number
}

export function decideQueue(conversation: Conversation, actor: Actor, to: Queueing): NewEntry[] {
  mustBeOwnWork(conversation, actor)
  const { itemId, queueId, channel, note, priority } = to
  const { queue, assigneeId, state } = conversation
  const points = (id: string): NewEntry[] =>
    priority === undefined ? [] : [{ kind: 'conversation.prioritised', body: { itemId: id, priority, front: false } }]
  if (queue?.queueId === queueId && !note) return points(queue.itemId)
  const entries: NewEntry[] = []
  if (state === 'closed') entries.push({ kind: 'conversation.reopened', body: { cause: 'agent' } })
  if (state === 'snoozed') entries.push({ kind: 'conversation.woken', body: { cause: 'agent' } })
  if (assigneeId !== null) {
    entries.push({
      kind: 'conversation.assigned',
      body: { agentId: null, fromAgentId: assigneeId, cause: 'transferred' },
    })
  }
  const queued = { itemId, queueId, channel, cause: 'transferred', ...(note ? { note } : {}) } as const
  return [...entries, { kind: 'conversation.queued', body: queued }, ...points(itemId)]
}

export function decideTakeOver(conversation: Conversation, { author }: Actor): NewEntry[] {
  const agentId = agentIdOf(author)
  if (conversation.state === 'closed') throw new AppError('conversation-closed')
  if (conversation.assigneeId === agentId) return []
  const body = { agentId, fromAgentId: conversation.assigneeId, cause: 'taken-over' } as const
  return [{ kind: 'conversation.assigned', body }]
}

export type Instead = { to: 'nothing' } | { to: 'message' } | { to: 'callback'; phone: string }

/**
 * The same with the words at once, which stand before what follows from them. What waits as a message already keeps its
 * place and is weighed anew: how urgent it is shows only now.
 */
export function decideLeaveInQueue(
  conversation: Conversation,
  author: Actor['author'],
  said: readonly NewEntry[],
  itemId: string,
): NewEntry[] {
  const { queue } = conversation
  if (queue?.channel !== leftMessage)
    return [...said, ...decideLeaveQueue(conversation, author, { to: 'message' }, itemId, null)]
  const queued = { itemId, queueId: queue.queueId, channel: leftMessage, cause: 'message' } as const
  return [...said, { kind: 'conversation.queued', body: queued }]
}

/** The customer does not want to wait any more. Whoever leaves words or a number waits on in the same queue, another way. */
export function decideLeaveQueue(
  conversation: Conversation,
  author: Actor['author'],
  instead: Instead,
  itemId: string,
  survey: EntryBody<'survey.requested'> | null,
): NewEntry[] {
  const { queue } = conversation
  if (!queue) throw new AppError('not-waiting')
  if (instead.to === 'nothing') {
    const closing = decideClose(conversation, { author, mayTouchOthers: true }, { reason: 'visitor-left' }, survey)
    return [leftQueue(queue, 'left'), ...closing]
  }
  const { to } = instead
  const channel = to === 'message' ? leftMessage : callback
  if (to === 'message' && queue.channel === channel) return []
  return [
    leftQueue(queue, to, to === 'callback' ? instead.phone : undefined),
    { kind: 'conversation.queued', body: { itemId, queueId: queue.queueId, channel, cause: to } },
  ]
}
