import type { ConversationItem, Entry, Preferences } from '@qiao/protocol'
import type { ReminderKind } from '../../shared/reminder-sound.ts'

export interface Reminder {
  kind: ReminderKind
  conversationId: string
  /** Who mentioned, asked or whispered. */
  agentId?: string | undefined
  /** Other words than those of the kind. */
  about?: 'consult' | 'whisper' | 'joined' | undefined
}

interface Situation {
  meId: string
  /** On screen, in a visible window: its messages need no reminder. */
  watchedId: string | null
}

const byOf = ({ author }: Entry): string | undefined => (author.type === 'agent' ? author.id : undefined)

/** What an entry that has just come is worth saying. */
export function remindersOf(
  entry: Entry,
  item: ConversationItem | undefined,
  { meId, watchedId }: Situation,
): Reminder[] {
  const { conversationId } = entry
  if (entry.author.type === 'agent' && entry.author.id === meId) return []
  const mine = item?.conversation.assigneeId === meId
  switch (entry.kind) {
    case 'message.received': {
      // One that waits in a queue rings at whom it is offered.
      if (
        item?.conversation.assigneeId === null &&
        item.conversation.queue === null &&
        item.conversation.receivedCount <= 1
      )
        return [{ kind: 'new', conversationId }]
      return mine && watchedId !== conversationId ? [{ kind: 'message', conversationId }] : []
    }
    case 'conversation.assigned':
      return entry.body.agentId === meId ? [{ kind: 'assigned', conversationId }] : []
    case 'note.added':
      return entry.body.mentions.includes(meId) && watchedId !== conversationId
        ? [{ kind: 'mention', conversationId, agentId: byOf(entry) }]
        : []
    case 'consult.started':
      return entry.body.agentId === meId
        ? [{ kind: 'mention', conversationId, agentId: byOf(entry), about: 'consult' }]
        : []
    case 'consult.said': {
      const concerned = mine || item?.conversation.consults.some(({ agentId }) => agentId === meId)
      return concerned && watchedId !== conversationId
        ? [{ kind: 'mention', conversationId, agentId: byOf(entry), about: 'consult' }]
        : []
    }
    case 'whisper.added':
      return mine && watchedId !== conversationId
        ? [{ kind: 'mention', conversationId, agentId: byOf(entry), about: 'whisper' }]
        : []
    case 'participant.joined':
      return entry.body.agentId === meId
        ? [{ kind: 'assigned', conversationId, agentId: byOf(entry), about: 'joined' }]
        : []
    case 'conversation.silence-warned':
      return mine ? [{ kind: 'closing', conversationId }] : []
    default:
      return []
  }
}

type Limits = Pick<Preferences, 'unansweredAfterSeconds' | 'idleAfterSeconds'>

/**
 * What time alone brings: a customer who waits too long, one who has gone quiet. `told` remembers each wait and each
 * silence, so that it is said once.
 */
export function overdue(
  items: readonly ConversationItem[],
  meId: string,
  limits: Limits,
  now: number,
  told: Set<string>,
): Reminder[] {
  const found: Reminder[] = []
  for (const { conversation } of items) {
    if (conversation.state !== 'open' || conversation.assigneeId !== meId) continue
    const { id, waitingSince, lastMessage } = conversation
    const since = waitingSince ?? (lastMessage?.from === 'agent' ? lastMessage.at : null)
    if (since === null) continue
    const kind = waitingSince ? 'unanswered' : 'idle'
    const limit = waitingSince ? limits.unansweredAfterSeconds : limits.idleAfterSeconds
    const key = `${kind}/${id}/${since}`
    if (now - Date.parse(since) < limit * 1000 || told.has(key)) continue
    told.add(key)
    found.push({ kind, conversationId: id })
  }
  return found
}
