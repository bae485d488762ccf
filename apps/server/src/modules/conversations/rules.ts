import { isDeepStrictEqual } from 'node:util'
import {
  type Author,
  type Conversation,
  currentContent,
  type EntryBody,
  isMessage,
  type MessageContent,
  type MessageEntry,
  type QueueOutcome,
} from '@qiao/protocol'
import { AppError } from '#platform/errors'
import type { NewEntry } from './append.ts'

/**
 * Who may do what to a conversation in which state, as pure functions from the state to the entries to append.
 * An empty answer means that things are already as wanted.
 */

export interface Actor {
  author: Author
  /** May touch work that somebody else holds (leads, administrators, the system). */
  mayTouchOthers: boolean
}

export const agentIdOf = (author: Author): string | null => (author.type === 'agent' ? author.id : null)

interface MessageInput {
  content: MessageContent
  replyToId?: string
  via?: EntryBody<'message.sent'>['via']
  apart?: true
  privately?: NonNullable<EntryBody<'message.sent'>['privately']>
}

/** Thrown by `decideReceive` when the conversation is over for good: the caller starts a new one. */
export class ConversationOver extends Error {
  /** Milliseconds; names the end, which notes and ratings that come after it do not move. */
  readonly closedAt: number
  readonly conversation: Conversation

  constructor(conversation: Conversation) {
    super('The conversation is over')
    this.conversation = conversation
    this.closedAt = Date.parse(conversation.closedAt ?? conversation.lastActivityAt)
  }
}

/** Thrown by `decideReceive` when the conversation goes on in another one: it is said there. */
export class ConversationMerged extends Error {
  readonly intoId: string

  constructor(intoId: string) {
    super('The conversation goes on in another one')
    this.intoId = intoId
  }
}

export function decideReceive(
  conversation: Conversation,
  input: EntryBody<'message.received'>,
  reopenWithinMinutes: number,
  now: Date,
): NewEntry[] {
  if (conversation.mergedIntoId !== null) throw new ConversationMerged(conversation.mergedIntoId)
  const message: NewEntry = { kind: 'message.received', body: input }
  // That somebody is on holiday is kept with what it answers, and brings nothing back.
  if (input.content.type === 'mail' && input.content.automatic === 'auto-reply') return [message]
  // Nobody here can answer it.
  if (input.elsewhere && conversation.state !== 'open') return [message]
  if (conversation.state === 'snoozed') {
    return [{ kind: 'conversation.woken', body: { cause: 'customer-wrote' }, author: { type: 'system' } }, message]
  }
  if (conversation.state === 'closed') {
    const over = new ConversationOver(conversation)
    if (now.getTime() - over.closedAt > reopenWithinMinutes * 60_000) throw over
    return [{ kind: 'conversation.reopened', body: { cause: 'customer-wrote' }, author: { type: 'system' } }, message]
  }
  return [message]
}

export function decideReply(conversation: Conversation, author: Author, input: MessageInput): NewEntry[] {
  const entries: NewEntry[] = []
  const agentId = agentIdOf(author)
  if (conversation.state === 'closed') entries.push({ kind: 'conversation.reopened', body: { cause: 'agent' } })
  if (agentId && conversation.assigneeId === null) {
    entries.push({ kind: 'conversation.assigned', body: { agentId, fromAgentId: null, cause: 'replied' } })
  }
  return [...entries, { kind: 'message.sent', body: input }]
}

export function decideNote(_conversation: Conversation, body: EntryBody<'note.added'>): NewEntry[] {
  return [{ kind: 'note.added', body }]
}

function ownMessage(target: MessageEntry | null, author: Author, contentType?: MessageContent['type']): MessageEntry {
  if (!target || !isMessage(target)) throw new AppError('not-found', { detail: 'No such message in this conversation' })
  if (
    target.author.type !== author.type ||
    ('id' in target.author && 'id' in author && target.author.id !== author.id)
  ) {
    throw new AppError('message-not-editable', { detail: 'Only its author may change a message' })
  }
  if (target.body.via) throw new AppError('message-not-editable', { detail: 'It went by another channel' })
  const content = currentContent(target)
  if (content === null) throw new AppError('message-recalled')
  if (contentType !== undefined && (contentType !== 'text' || content.type !== 'text')) {
    throw new AppError('message-not-editable', { detail: 'Only texts can be edited' })
  }
  return target
}

export function decideEdit(
  _conversation: Conversation,
  author: Author,
  target: MessageEntry | null,
  content: MessageContent,
): NewEntry[] {
  const message = ownMessage(target, author, content.type)
  // Pressed twice. A provider would refuse the second change, which is none; one that did not get there is tried again.
  const isLost = message.revision?.unreached ?? message.revision?.outgoing
  if (!isLost && isDeepStrictEqual(currentContent(message), content)) return []
  return [{ kind: 'message.edited', body: { targetId: message.id, content } }]
}

export function decideRecall(_conversation: Conversation, author: Author, target: MessageEntry | null): NewEntry[] {
  const message = ownMessage(target, author)
  return [{ kind: 'message.recalled', body: { targetId: message.id } }]
}

export function decideReaction(target: MessageEntry | null, emoji: string | null): NewEntry[] {
  if (target?.kind !== 'message.received')
    throw new AppError('not-found', { detail: 'No such message of the customer' })
  if (currentContent(target) === null) throw new AppError('message-recalled')
  if ((target.revision?.reaction ?? null) === emoji) return []
  const { apart } = target.body
  return [{ kind: 'message.reacted', body: { targetId: target.id, emoji, ...(apart ? { apart } : {}) } }]
}

export function mustBeOwnWork(conversation: Conversation, actor: Actor): void {
  const holder = conversation.assigneeId
  if (holder !== null && holder !== agentIdOf(actor.author) && !actor.mayTouchOthers) {
    throw new AppError('forbidden', { detail: 'Somebody else holds this conversation; ask them or a lead' })
  }
}

export function decideAssign(conversation: Conversation, actor: Actor, agentId: string | null): NewEntry[] {
  if (agentId === conversation.assigneeId) return []
  mustBeOwnWork(conversation, actor)
  const self = agentIdOf(actor.author)
  if (agentId !== null && agentId !== self && !actor.mayTouchOthers) {
    throw new AppError('forbidden', { detail: 'Only a lead may assign to others; transfer it instead' })
  }
  const cause = agentId === null ? 'released' : agentId === self ? 'picked' : 'assigned'
  return [{ kind: 'conversation.assigned', body: { agentId, fromAgentId: conversation.assigneeId, cause } }]
}

export function decideTransfer(
  conversation: Conversation,
  actor: Actor,
  to: { agentId: string | null; teamId: string | null; note?: string },
): NewEntry[] {
  mustBeOwnWork(conversation, actor)
  if (to.agentId === null && to.teamId === null) {
    throw new AppError('invalid-input', { detail: 'Name an agent or a team to transfer to' })
  }
  const teamId = to.teamId ?? conversation.teamId
  const entries: NewEntry[] = [
    {
      kind: 'conversation.transferred',
      body: { agentId: to.agentId, teamId, fromTeamId: conversation.teamId, ...(to.note ? { note: to.note } : {}) },
    },
  ]
  if (conversation.state === 'closed') entries.unshift({ kind: 'conversation.reopened', body: { cause: 'agent' } })
  if (to.agentId !== conversation.assigneeId) {
    entries.push({
      kind: 'conversation.assigned',
      body: { agentId: to.agentId, fromAgentId: conversation.assigneeId, cause: 'transferred' },
    })
  }
  return entries
}

export function decideClose(
  conversation: Conversation,
  actor: Actor,
  body: EntryBody<'conversation.closed'>,
  survey: EntryBody<'survey.requested'> | null,
): NewEntry[] {
  if (conversation.state === 'closed') return []
  if (actor.author.type === 'agent') mustBeOwnWork(conversation, actor)
  const closed: NewEntry = { kind: 'conversation.closed', body }
  // Nobody is asked to rate a chat in which nobody answered, nor is a spammer.
  const asks = survey !== null && conversation.sentCount > 0 && conversation.receivedCount > 0 && body.reason !== 'spam'
  return asks ? [closed, { kind: 'survey.requested', body: survey, author: { type: 'system' } }] : [closed]
}

export function decideReopen(conversation: Conversation): NewEntry[] {
  if (conversation.state !== 'closed') throw new AppError('conversation-not-closed')
  return [{ kind: 'conversation.reopened', body: { cause: 'agent' } }]
}

export const leftQueue = (
  { itemId, queueId }: NonNullable<Conversation['queue']>,
  outcome: QueueOutcome,
  phone?: string,
): NewEntry => ({ kind: 'conversation.queue-left', body: { itemId, queueId, outcome, ...(phone ? { phone } : {}) } })

export function decideSnooze(conversation: Conversation, actor: Actor, until: Date, now: Date): NewEntry[] {
  if (conversation.state === 'closed') throw new AppError('conversation-closed')
  if (until <= now) throw new AppError('snooze-in-past')
  mustBeOwnWork(conversation, actor)
  const { queue } = conversation
  return [
    ...(queue ? [leftQueue(queue, 'removed')] : []),
    { kind: 'conversation.snoozed', body: { until: until.toISOString() } },
  ]
}

export function decideWake(conversation: Conversation, cause: EntryBody<'conversation.woken'>['cause']): NewEntry[] {
  if (conversation.state !== 'snoozed') {
    if (cause === 'time') return []
    throw new AppError('conversation-not-snoozed')
  }
  return [{ kind: 'conversation.woken', body: { cause } }]
}

export function decideTag(conversation: Conversation, add: readonly string[], remove: readonly string[]): NewEntry[] {
  const removed = conversation.tags.filter((tag) => remove.includes(tag) && !add.includes(tag))
  const added = [...new Set(add)].filter((tag) => !conversation.tags.includes(tag))
  if (added.length === 0 && removed.length === 0) return []
  if (conversation.tags.length - removed.length + added.length > 50) {
    throw new AppError('invalid-input', { detail: 'A conversation has at most 50 tags' })
  }
  return [{ kind: 'conversation.tagged', body: { added, removed } }]
}

export function decideSurveyAnswer(
  conversation: Conversation,
  answer: { surveyId: string; score: number; comment?: string },
): NewEntry[] {
  const survey = conversation.survey
  if (!survey || survey.id !== answer.surveyId) throw new AppError('survey-not-open')
  if (survey.score === answer.score && (answer.comment ?? survey.comment) === survey.comment) return []
  return [{ kind: 'survey.answered', body: { ...answer, scale: survey.scale } }]
}

export interface Silence {
  warnAfterMinutes: number
  closeAfterMinutes: number
}

/** Customers who fell silent after our answer: first told, then closed. Waiting customers are never closed. */
export function decideSilence(conversation: Conversation, silence: Silence, now: Date): NewEntry[] {
  if (conversation.state !== 'open' || conversation.waitingSince !== null || conversation.sentCount === 0) return []
  // They cannot answer what they have not got.
  if (conversation.undelivered.length > 0) return []
  const minutesSince = (at: string): number => (now.getTime() - Date.parse(at)) / 60_000
  if (conversation.silenceWarnedAt === null) {
    if (minutesSince(conversation.lastActivityAt) < silence.warnAfterMinutes) return []
    const closesAt = new Date(now.getTime() + silence.closeAfterMinutes * 60_000).toISOString()
    return [{ kind: 'conversation.silence-warned', body: { closesAt } }]
  }
  if (minutesSince(conversation.silenceWarnedAt) < silence.closeAfterMinutes) return []
  return [{ kind: 'conversation.closed', body: { reason: 'no-reply' } }]
}
