import { contentPreview } from '@qiao/protocol/content-text'
import type { EntryOf, MessageEntry } from '@qiao/protocol/entries'
import { currentContent } from '@qiao/protocol/message'
import { isApart } from './apart.ts'
import type { ChatState } from './state.ts'

/** A message to the visitor that was not there before. */
export interface Arrival {
  conversationId: string
  /** Without the entry when only the conversation's last line is known. */
  entry: MessageEntry | null
  text: string
  /** Of words that are not for this page. */
  apart: boolean
  agentId: string | null
  at: string
}

function ofEntry(entry: MessageEntry): Arrival {
  const content = currentContent(entry)
  return {
    conversationId: entry.conversationId,
    entry,
    text: content ? contentPreview(content) : '',
    apart: isApart(entry),
    agentId: entry.author.type === 'agent' ? entry.author.id : null,
    at: entry.at,
  }
}

/** Whatever path brought them: pushed, or read after a reconnect. */
export function arrivals(before: ChatState, after: ChatState): Arrival[] {
  if (before.conversations === after.conversations) return []
  const found: Arrival[] = []
  for (const conversation of after.conversations.values()) {
    const known = before.conversations.get(conversation.id)
    if (known === conversation) continue
    const seen = known?.lastSeq ?? 0
    const fresh = (after.threads.get(conversation.id)?.entries ?? []).filter(
      (entry): entry is EntryOf<'message.sent'> =>
        entry.kind === 'message.sent' && entry.seq > seen && !(isApart(entry) && entry.body.notice),
    )
    const last = conversation.lastMessage
    if (fresh.length > 0 && (known || conversation.unreadCount > 0)) found.push(...fresh.map(ofEntry))
    else if (last && last.from !== 'contact' && conversation.unreadCount > (known?.unreadCount ?? 0)) {
      const agentId = conversation.assignee?.id ?? null
      const apart = isApart({ body: last })
      found.push({ conversationId: conversation.id, entry: null, text: last.preview, apart, agentId, at: last.at })
    }
  }
  return found
}
