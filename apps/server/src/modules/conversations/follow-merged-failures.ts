import type { Conversation, Entry } from '@qiao/protocol'
import type { AppendCommand, Appended, FollowAppends, NewEntry } from './append.ts'

/**
 * What was sent in a conversation that goes on in another one may fail there later, where nobody looks any more. So the one in
 * which it goes on comes back as it would for a message of its own; and its mark goes when somebody has looked after the message.
 */
export const followMergedFailures: FollowAppends = async (_client, appended) => appended.flatMap(commandsAfter)

/** A chain of merges is followed by itself: what this appends to one that was merged, too, is followed again. */
function commandsAfter({ before, conversation, entries }: Appended): AppendCommand[] {
  const intoId = conversation.mergedIntoId
  if (intoId === null) return []
  return entries.flatMap((entry) => {
    const told = toldOf(entry, before)
    return told
      ? [
          {
            conversationId: intoId,
            clientKey: `undelivered:${entry.id}`,
            author: { type: 'system' as const },
            decide: (into: Conversation) => decideTold(into, told),
          },
        ]
      : []
  })
}

type Told = Extract<NewEntry, { kind: 'conversation.undelivered' }>['body']

/** Of what is missed already nothing more is told: each sending brings it back once. */
function toldOf(entry: Entry, { id, number, undelivered }: Conversation): Told | null {
  switch (entry.kind) {
    case 'message.failed': {
      const { targetId, problem, agentId } = entry.body
      if (agentId === undefined || undelivered.includes(targetId)) return null
      return { entryId: targetId, fromId: id, fromNumber: number, problem }
    }
    case 'message.resent':
    case 'message.accepted':
    case 'message.dismissed':
      return { entryId: entry.body.targetId, fromId: id, fromNumber: number, problem: null }
    case 'conversation.undelivered':
      return entry.body
    default:
      return null
  }
}

export function decideTold(
  { state, mergedIntoId, undelivered }: Pick<Conversation, 'state' | 'mergedIntoId' | 'undelivered'>,
  body: Told,
): NewEntry[] {
  const told: NewEntry = { kind: 'conversation.undelivered', body }
  if (body.problem === null) return undelivered.includes(body.entryId) ? [told] : []
  if (mergedIntoId !== null || state === 'open') return [told]
  const cause = 'undelivered'
  return [told, { kind: state === 'closed' ? 'conversation.reopened' : 'conversation.woken', body: { cause } }]
}
