import type { ConversationItem, Entry } from '@qiao/protocol'

/** Rows and entries for tests of this folder and of the screens on top of it. */
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 8, minute)).toISOString()
export const sampleAt = at
export const sampleId = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`

export function sampleItem(number: number, change: Partial<ConversationItem['conversation']> = {}): ConversationItem {
  return {
    conversation: {
      id: sampleId(number),
      number,
      inboxId: 'inbox-1',
      contactId: sampleId(900 + number),
      identityId: sampleId(800 + number),
      state: 'open',
      assigneeId: null,
      teamId: null,
      queue: null,
      participantIds: [],
      consults: [],
      tags: [],
      language: null,
      createdAt: at(0),
      lastSeq: 1,
      lastPublicSeq: 1,
      lastActivityAt: at(number),
      lastMessage: null,
      waitingSince: null,
      firstReplyAt: null,
      receivedCount: 0,
      sentCount: 0,
      snoozedUntil: null,
      closedAt: null,
      closeReason: null,
      mergedIntoId: null,
      silenceWarnedAt: null,
      undelivered: [],
      subject: null,
      survey: null,
      ...change,
    },
    contact: { id: sampleId(900 + number), name: `Contact ${number}`, avatarUrl: null, version: 1 },
    thread: null,
    marks: { contactDeliveredSeq: 0, contactReadSeq: 0, agentReadSeq: 0 },
    unreadCount: 0,
    mentioned: false,
  }
}

const base = (seq: number) => ({
  id: sampleId(5000 + seq),
  conversationId: sampleId(1),
  seq,
  publicSeq: seq,
  at: at(seq),
  clientKey: null,
})

export const received = (seq: number, text = `in ${seq}`): Extract<Entry, { kind: 'message.received' }> => ({
  ...base(seq),
  kind: 'message.received',
  author: { type: 'contact', id: sampleId(901) },
  body: { content: { type: 'text', text, markup: 'none' } },
  revision: null,
})
export const sent = (seq: number, agentId = 'agent-1'): Extract<Entry, { kind: 'message.sent' }> => ({
  ...base(seq),
  kind: 'message.sent',
  author: { type: 'agent', id: agentId },
  body: { content: { type: 'text', text: `out ${seq}`, markup: 'none' } },
  revision: null,
})
export const noted = (seq: number, mentions: string[] = []): Extract<Entry, { kind: 'note.added' }> => ({
  ...base(seq),
  publicSeq: null,
  kind: 'note.added',
  author: { type: 'agent', id: 'agent-2' },
  body: { text: 'note', mentions, attachmentIds: [] },
})
export const assigned = (seq: number, agentId: string | null): Extract<Entry, { kind: 'conversation.assigned' }> => ({
  ...base(seq),
  kind: 'conversation.assigned',
  author: { type: 'agent', id: 'agent-2' },
  body: { agentId, fromAgentId: null, cause: 'assigned' },
})
export const closed = (seq: number): Extract<Entry, { kind: 'conversation.closed' }> => ({
  ...base(seq),
  kind: 'conversation.closed',
  author: { type: 'agent', id: 'agent-1' },
  body: { reason: 'resolved' },
})
export const recalled = (seq: number, targetId: string): Extract<Entry, { kind: 'message.recalled' }> => ({
  ...base(seq),
  kind: 'message.recalled',
  author: { type: 'agent', id: 'agent-1' },
  body: { targetId },
})
