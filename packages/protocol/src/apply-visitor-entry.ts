import { contentPreview } from './content-text.ts'
import type { Entry, EntryOf } from './entries.ts'
import { isLater } from './later-work.ts'
import type { PublicAgent, VisitorConversation } from './visitor-view.ts'

/** The visitor's own `applyEntry`: the same entries, the visitor's numbering. */
export function applyVisitorEntry(
  conversation: VisitorConversation,
  change: Entry,
  agents: ReadonlyMap<string, PublicAgent>,
): VisitorConversation {
  if (change.seq <= conversation.lastSeq) return conversation
  const next: VisitorConversation = { ...conversation, lastSeq: change.seq }
  switch (change.kind) {
    case 'message.received':
    case 'message.sent':
      // Said by itself: counts on neither side.
      if (change.kind === 'message.sent' && change.body.notice) return next
      return {
        ...next,
        lastActivityAt: change.at,
        lastMessage: {
          entryId: change.id,
          from: change.author.type,
          type: change.body.content.type,
          preview: contentPreview(change.body.content),
          at: change.at,
          ...(change.body.apart ? { apart: true } : {}),
        },
        sentCount: next.sentCount + (change.kind === 'message.sent' ? 1 : 0),
        unreadCount: next.unreadCount + (change.kind === 'message.sent' ? 1 : 0),
      }
    case 'message.edited':
    case 'message.recalled':
      return next.lastMessage?.entryId === change.body.targetId
        ? { ...next, lastMessage: { ...next.lastMessage, ...revised(change) } }
        : next
    case 'conversation.assigned':
      return {
        ...next,
        queued: false,
        assignee: change.body.agentId ? (agents.get(change.body.agentId) ?? null) : null,
      }
    case 'conversation.queued':
      return { ...next, queued: !isLater(change.body.channel) }
    case 'conversation.queue-left':
      return { ...next, queued: false }
    case 'conversation.closed':
      return { ...next, state: 'closed', queued: false }
    case 'conversation.reopened':
      return { ...next, state: 'open' }
    case 'survey.requested':
      return { ...next, survey: { id: change.body.surveyId, scale: change.body.scale, score: null } }
    case 'survey.answered':
      return { ...next, survey: { id: change.body.surveyId, scale: change.body.scale, score: change.body.score } }
    default:
      return next
  }
}

const revised = (change: EntryOf<'message.edited' | 'message.recalled'>): { type: string; preview: string } =>
  change.kind === 'message.recalled'
    ? { type: 'recalled', preview: '' }
    : { type: change.body.content.type, preview: contentPreview(change.body.content) }
