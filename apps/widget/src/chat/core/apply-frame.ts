import type { Marks } from '@qiao/protocol/conversation'
import { typingLastsSeconds } from '@qiao/protocol/frame-limits'
import type { VisitorServerFrame } from '@qiao/protocol/frames'
import { mergeMarks } from '@qiao/protocol/merge-marks'
import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import { applyEntries, withGap } from './apply-entries.ts'
import { type ChatState, emptyState, type Thread, withAgents, withKey, withoutKey } from './state.ts'

export const typingLastsMs = typingLastsSeconds * 1000

function unreadAfter(conversation: VisitorConversation, thread: Thread | undefined, readSeq: number): number {
  if (readSeq >= conversation.lastSeq) return 0
  const first = thread?.entries[0]
  if (!thread || !first || (first.seq > readSeq + 1 && !thread.complete)) return conversation.unreadCount
  return thread.entries.filter((entry) => entry.kind === 'message.sent' && entry.seq > readSeq).length
}

function applyMarks(state: ChatState, conversationId: string, fresh: Marks): ChatState {
  const conversation = state.conversations.get(conversationId)
  if (!conversation) return state
  const marks = mergeMarks(conversation.marks, fresh)
  const grew = marks.contactReadSeq > conversation.marks.contactReadSeq
  const unreadCount = grew
    ? unreadAfter(conversation, state.threads.get(conversationId), marks.contactReadSeq)
    : conversation.unreadCount
  return {
    ...state,
    conversations: withKey(state.conversations, conversationId, { ...conversation, marks, unreadCount }),
  }
}

/** Our own reading, shown at once; the server's mark that follows changes nothing more. */
export function applyOwnReading(state: ChatState, conversationId: string, seq: number): ChatState {
  const conversation = state.conversations.get(conversationId)
  if (!conversation || conversation.marks.contactReadSeq >= seq) return state
  return applyMarks(state, conversationId, { ...conversation.marks, contactDeliveredSeq: seq, contactReadSeq: seq })
}

/** An assignment may arrive before the name of the agent does. */
function nameAssignees(state: ChatState): ChatState {
  const conversations = new Map(state.conversations)
  for (const [id, thread] of state.threads) {
    const conversation = conversations.get(id)
    const entries = thread.entries.filter((entry) => entry.kind === 'conversation.assigned')
    const agentId = entries[entries.length - 1]?.body.agentId
    const agent = agentId ? state.agents.get(agentId) : undefined
    if (conversation && agent) conversations.set(id, { ...conversation, assignee: agent })
  }
  return { ...state, conversations }
}

/** Who wrote is no longer typing. */
const settleTyping = (state: ChatState, conversationId: string, frame: VisitorServerFrame): ChatState =>
  'entries' in frame && frame.entries.some((entry) => entry.kind === 'message.sent')
    ? { ...state, typing: withoutKey(state.typing, conversationId) }
    : state

export function applyFrame(state: ChatState, frame: VisitorServerFrame, now: number): ChatState {
  switch (frame.type) {
    case 'entries':
    case 'sent':
      return settleTyping(applyEntries(state, frame.conversationId, frame.entries), frame.conversationId, frame)
    case 'conversation': {
      const known = state.conversations.get(frame.conversation.id)
      if (known && known.lastSeq >= frame.conversation.lastSeq) return state
      const gap = known && state.threads.has(known.id)
      return gap
        ? withGap(state, known.id, frame.conversation.lastSeq)
        : { ...state, conversations: withKey(state.conversations, frame.conversation.id, frame.conversation) }
    }
    case 'marks':
      return applyMarks(state, frame.conversationId, frame.marks)
    case 'agents':
      return nameAssignees(withAgents(state, frame.agents))
    case 'attachment':
      return { ...state, attachments: withKey(state.attachments, frame.attachment.id, frame.attachment) }
    case 'typing':
      return {
        ...state,
        typing: frame.typing
          ? withKey(state.typing, frame.conversationId, { agent: frame.agent, until: now + typingLastsMs })
          : withoutKey(state.typing, frame.conversationId),
      }
    case 'queue': {
      const { conversationId, place, connecting, connectingText } = frame
      const waits = place !== null || connecting
      return {
        ...state,
        places: waits
          ? withKey(state.places, conversationId, { place, connecting, connectingText })
          : withoutKey(state.places, conversationId),
      }
    }
    case 'ended':
      return emptyState
    case 'ready':
    case 'pong':
    case 'resync':
    case 'refused':
      return state
    default:
      return frame satisfies never
  }
}
