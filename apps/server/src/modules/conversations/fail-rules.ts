import type { Conversation, EntryBody, MessageEntry } from '@qiao/protocol'
import type { NewEntry } from './append.ts'

/**
 * A message has not arrived. What an agent wrote comes back to them, also when they had closed the conversation or put it
 * away: once for each time that it was sent. What was said by itself (an acknowledgement, a place in a queue) wakes nobody.
 */
export function decideFailed(
  { state, mergedIntoId }: Pick<Conversation, 'state' | 'mergedIntoId'>,
  message: MessageEntry | null,
  body: EntryBody<'message.failed'>,
): NewEntry[] {
  const agentId = agentOf(message)
  if (agentId === null) return [{ kind: 'message.failed', body }]
  const failed: NewEntry = { kind: 'message.failed', body: { ...body, agentId } }
  // Of several recipients one after the other may be missed; what somebody took back is missed by nobody.
  const isKnown = message?.revision?.outgoing?.state === 'failed' || message?.revision?.recalledAt
  if (isKnown || mergedIntoId !== null || state === 'open') return [failed]
  const cause = 'undelivered'
  return [failed, { kind: state === 'closed' ? 'conversation.reopened' : 'conversation.woken', body: { cause } }]
}

function agentOf(message: MessageEntry | null): string | null {
  if (message?.kind !== 'message.sent' || message.body.notice || message.author.type !== 'agent') return null
  return message.author.id
}
