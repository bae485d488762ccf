import type { Entry } from '@qiao/protocol/entries'
import type { VisitorConversation } from '@qiao/protocol/visitor-view'
import type { QueueOutcome, QueuePlace } from '@qiao/protocol/work'

/** Timelines for tests, as the server sends them. */
export const chatId = '01890000-0000-7000-8000-000000000001'
export const li = { id: '01890000-0000-7000-8000-00000000000a', name: 'Li Na', avatarUrl: null, number: null }

export const conversation = (part: Partial<VisitorConversation> = {}): VisitorConversation => ({
  id: chatId,
  number: 1001,
  state: 'open',
  createdAt: '2026-01-05T08:00:00.000Z',
  lastSeq: 0,
  lastActivityAt: '2026-01-05T08:00:00.000Z',
  assignee: null,
  queued: false,
  lastMessage: null,
  sentCount: 0,
  unreadCount: 0,
  marks: { contactDeliveredSeq: 0, contactReadSeq: 0, agentReadSeq: 0 },
  survey: null,
  ...part,
})

const base = (seq: number, clientKey: string | null = null) => ({
  id: `01890000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
  conversationId: chatId,
  seq,
  publicSeq: seq,
  at: new Date(Date.UTC(2026, 0, 5, 8, 0, seq)).toISOString(),
  clientKey,
})

export const received = (seq: number, text = `visitor ${seq}`, clientKey: string | null = null): Entry => ({
  ...base(seq, clientKey),
  kind: 'message.received',
  author: { type: 'contact', id: chatId },
  body: { content: { type: 'text', text, markup: 'none' } },
  revision: null,
})

export const sent = (seq: number, text = `agent ${seq}`): Entry => ({
  ...base(seq),
  kind: 'message.sent',
  author: { type: 'agent', id: li.id },
  body: { content: { type: 'text', text, markup: 'none' } },
  revision: null,
})

export const recalled = (seq: number, target: Entry): Entry => ({
  ...base(seq),
  kind: 'message.recalled',
  author: { type: 'agent', id: li.id },
  body: { targetId: target.id },
})

export const assigned = (seq: number, agentId: string | null = li.id): Entry => ({
  ...base(seq),
  kind: 'conversation.assigned',
  author: { type: 'system' },
  body: { agentId, fromAgentId: null, cause: 'assigned' },
})

export const queued = (seq: number, channel = 'web'): Entry => ({
  ...base(seq),
  kind: 'conversation.queued',
  author: { type: 'system' },
  body: { itemId: li.id, queueId: li.id, channel, cause: 'started' },
})

export const queueLeft = (seq: number, outcome: QueueOutcome, phone?: string): Entry => ({
  ...base(seq),
  kind: 'conversation.queue-left',
  author: { type: 'system' },
  body: { itemId: li.id, queueId: li.id, outcome, phone },
})

export const place = (part: Partial<QueuePlace> = {}): QueuePlace => ({
  conversationId: chatId,
  position: 3,
  wait: { lowSeconds: 180, highSeconds: 300 },
  since: '2026-01-05T08:00:00.000Z',
  callback: false,
  alternatives: [],
  text: null,
  ...part,
})

export const closed = (seq: number): Entry => ({
  ...base(seq),
  kind: 'conversation.closed',
  author: { type: 'system' },
  body: { reason: 'resolved' },
})
