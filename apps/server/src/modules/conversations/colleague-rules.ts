import type { Conversation } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import type { NewEntry } from './append.ts'
import { type Actor, agentIdOf, mustBeOwnWork } from './rules.ts'

/** Several agents on one conversation: consultations, conferences and words of a lead. Pure, as in `rules.ts`. */

/** Each is sent with every change of the conversation. */
const mostColleagues = 10

function mustBeOpen({ state }: Conversation): void {
  if (state === 'closed') throw new AppError('conversation-closed')
}

/** Whoever works on it: the holder, who takes part, a lead; while nobody holds it, everybody who sees it. */
function worksOn(conversation: Conversation, { author, mayTouchOthers }: Actor): boolean {
  const self = agentIdOf(author)
  const { assigneeId, participantIds } = conversation
  return (
    mayTouchOthers || assigneeId === null || assigneeId === self || (self !== null && participantIds.includes(self))
  )
}

export function decideStartConsult(
  conversation: Conversation,
  actor: Actor,
  asked: { consultId: string; agentId: string; text: string },
): NewEntry[] {
  mustBeOpen(conversation)
  if (!worksOn(conversation, actor))
    throw new AppError('forbidden', { detail: 'Only who works on it may ask about it' })
  if (asked.agentId === agentIdOf(actor.author)) throw new AppError('invalid-input', { detail: 'Ask somebody else' })
  const running = conversation.consults.find(({ agentId }) => agentId === asked.agentId)
  if (running) return [{ kind: 'consult.said', body: { consultId: running.id, text: asked.text } }]
  if (conversation.consults.length >= mostColleagues) {
    throw new AppError('invalid-input', { detail: `At most ${mostColleagues} colleagues are asked at once` })
  }
  return [{ kind: 'consult.started', body: asked }]
}

function mustBeInConsult(conversation: Conversation, actor: Actor, askedId: string): void {
  if (worksOn(conversation, actor) || askedId === agentIdOf(actor.author)) return
  throw new AppError('forbidden', { detail: 'This consultation is between others' })
}

export function decideSayInConsult(
  conversation: Conversation,
  actor: Actor,
  said: { consultId: string; text: string },
): NewEntry[] {
  const consult = conversation.consults.find(({ id }) => id === said.consultId)
  if (!consult) throw new AppError('consult-over')
  mustBeInConsult(conversation, actor, consult.agentId)
  return [{ kind: 'consult.said', body: said }]
}

export function decideEndConsult(conversation: Conversation, actor: Actor, consultId: string): NewEntry[] {
  const consult = conversation.consults.find(({ id }) => id === consultId)
  if (!consult) return []
  mustBeInConsult(conversation, actor, consult.agentId)
  return [{ kind: 'consult.ended', body: { consultId } }]
}

export function decideAddParticipant(conversation: Conversation, actor: Actor, agentId: string): NewEntry[] {
  mustBeOpen(conversation)
  if (conversation.assigneeId === agentId || conversation.participantIds.includes(agentId)) return []
  if (agentId !== agentIdOf(actor.author)) mustBeOwnWork(conversation, actor)
  if (conversation.participantIds.length >= mostColleagues) {
    throw new AppError('invalid-input', { detail: `At most ${mostColleagues} colleagues take part` })
  }
  return [{ kind: 'participant.joined', body: { agentId } }]
}

export function decideRemoveParticipant(conversation: Conversation, actor: Actor, agentId: string): NewEntry[] {
  if (!conversation.participantIds.includes(agentId)) return []
  if (agentId !== agentIdOf(actor.author)) mustBeOwnWork(conversation, actor)
  return [{ kind: 'participant.left', body: { agentId } }]
}

export function decideWhisper(conversation: Conversation, text: string): NewEntry[] {
  mustBeOpen(conversation)
  return [{ kind: 'whisper.added', body: { text } }]
}
