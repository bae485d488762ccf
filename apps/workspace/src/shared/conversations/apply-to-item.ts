import { type ConversationItem, type Entry, applyEntry, mergeMarks, type Marks } from '@qiao/protocol'

/** What an entry does to a row: the conversation by the shared rule, and what this agent has not read. */
export function applyToItem(item: ConversationItem, entry: Entry, agentId: string): ConversationItem {
  const conversation = applyEntry(item.conversation, entry)
  if (conversation === item.conversation) return item
  const arrived = entry.kind === 'message.received' ? 1 : 0
  const mentioned =
    entry.kind === 'note.added' && entry.body.mentions.includes(agentId) && !isBy(entry, agentId)
      ? true
      : item.mentioned
  return { ...item, conversation, unreadCount: item.unreadCount + arrived, mentioned }
}

export const isBy = (entry: Entry, agentId: string): boolean =>
  entry.author.type === 'agent' && entry.author.id === agentId

export const applyMarks = (item: ConversationItem, marks: Marks): ConversationItem => ({
  ...item,
  marks: mergeMarks(item.marks, marks),
})
