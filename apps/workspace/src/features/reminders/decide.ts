import type { ConversationItem, Entry, Preferences } from '@qiao/protocol'

export type ReminderKind = keyof Preferences['reminders']
export interface Reminder {
  kind: ReminderKind
  conversationId: string
  /** Who mentioned. */
  agentId?: string | undefined
}

interface Situation {
  meId: string
  /** On screen, in a visible window: its messages need no reminder. */
  watchedId: string | null
}

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
      if (item?.conversation.assigneeId === null && item.conversation.receivedCount <= 1)
        return [{ kind: 'new', conversationId }]
      return mine && watchedId !== conversationId ? [{ kind: 'message', conversationId }] : []
    }
    case 'conversation.assigned':
      return entry.body.agentId === meId ? [{ kind: 'assigned', conversationId }] : []
    case 'note.added':
      return entry.body.mentions.includes(meId) && watchedId !== conversationId
        ? [{ kind: 'mention', conversationId, agentId: entry.author.type === 'agent' ? entry.author.id : undefined }]
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
