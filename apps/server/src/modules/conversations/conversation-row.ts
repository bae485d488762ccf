import type { Conversation, Entry, Marks } from '@qiao/protocol'

/** A row of `conversations` as PostgreSQL gives it. */
export interface ConversationRow {
  id: string
  number: number
  inbox_id: string
  contact_id: string
  identity_id: string
  state: Conversation['state']
  assignee_id: string | null
  team_id: string | null
  queue: Conversation['queue']
  participant_ids: string[]
  consults: Conversation['consults']
  tags: string[]
  subject: string | null
  language: string | null
  created_at: Date
  last_seq: number
  last_public_seq: number
  last_activity_at: Date
  last_message: Conversation['lastMessage']
  waiting_since: Date | null
  first_reply_at: Date | null
  received_count: number
  sent_count: number
  snoozed_until: Date | null
  closed_at: Date | null
  close_reason: Conversation['closeReason']
  merged_into_id: string | null
  silence_warned_at: Date | null
  undelivered: string[]
  survey: Conversation['survey']
  sent_seq: number | null
  contact_delivered_seq: number
  contact_read_seq: number
  contact_read_count: number
  agent_read_seq: number
}

export const conversationColumns =
  'id, number, inbox_id, contact_id, identity_id, state, assignee_id, team_id, queue, participant_ids, consults, tags, subject, ' +
  'language, created_at, last_seq, ' +
  'last_public_seq, last_activity_at, last_message, waiting_since, first_reply_at, received_count, sent_count, ' +
  'snoozed_until, closed_at, close_reason, merged_into_id, silence_warned_at, undelivered, survey, sent_seq, contact_delivered_seq, contact_read_seq, ' +
  'contact_read_count, agent_read_seq'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const toConversation = (row: ConversationRow): Conversation => ({
  id: row.id,
  number: row.number,
  inboxId: row.inbox_id,
  contactId: row.contact_id,
  identityId: row.identity_id,
  state: row.state,
  assigneeId: row.assignee_id,
  teamId: row.team_id,
  queue: row.queue,
  participantIds: row.participant_ids,
  consults: row.consults,
  tags: row.tags,
  subject: row.subject,
  language: row.language,
  createdAt: row.created_at.toISOString(),
  lastSeq: row.last_seq,
  lastPublicSeq: row.last_public_seq,
  lastActivityAt: row.last_activity_at.toISOString(),
  lastMessage: row.last_message,
  waitingSince: iso(row.waiting_since),
  firstReplyAt: iso(row.first_reply_at),
  receivedCount: row.received_count,
  sentCount: row.sent_count,
  snoozedUntil: iso(row.snoozed_until),
  closedAt: iso(row.closed_at),
  closeReason: row.close_reason,
  mergedIntoId: row.merged_into_id,
  silenceWarnedAt: iso(row.silence_warned_at),
  undelivered: row.undelivered,
  survey: row.survey,
})

export const toMarks = (row: ConversationRow): Marks => ({
  ...(row.sent_seq === null ? {} : { sentSeq: row.sent_seq }),
  contactDeliveredSeq: row.contact_delivered_seq,
  contactReadSeq: row.contact_read_seq,
  agentReadSeq: row.agent_read_seq,
})

/** Colleagues beside the assignee who see it. */
export const involvedIn = ({
  participantIds,
  consults,
}: Pick<Conversation, 'participantIds' | 'consults'>): string[] => [
  ...new Set([...participantIds, ...consults.map(({ agentId }) => agentId)]),
]

/** The columns that entries can change, in the shape of the update below. */
export const toUpdate = (conversation: Conversation) => ({
  id: conversation.id,
  state: conversation.state,
  assignee_id: conversation.assigneeId,
  team_id: conversation.teamId,
  queue: conversation.queue,
  participant_ids: conversation.participantIds,
  consults: conversation.consults,
  involved_ids: involvedIn(conversation),
  tags: conversation.tags,
  subject: conversation.subject,
  last_seq: conversation.lastSeq,
  last_public_seq: conversation.lastPublicSeq,
  last_activity_at: conversation.lastActivityAt,
  last_message: conversation.lastMessage,
  waiting_since: conversation.waitingSince,
  first_reply_at: conversation.firstReplyAt,
  received_count: conversation.receivedCount,
  sent_count: conversation.sentCount,
  snoozed_until: conversation.snoozedUntil,
  closed_at: conversation.closedAt,
  close_reason: conversation.closeReason,
  merged_into_id: conversation.mergedIntoId,
  silence_warned_at: conversation.silenceWarnedAt,
  undelivered: conversation.undelivered,
  survey: conversation.survey,
})

export interface EntryRow {
  conversation_id: string
  seq: number
  public_seq: number | null
  id: string
  kind: Entry['kind']
  author_type: Entry['author']['type']
  author_id: string | null
  at: Date
  client_key: string
  body: unknown
  revision: unknown
}

export const entryColumns =
  'conversation_id, seq, public_seq, id, kind, author_type, author_id, at, client_key, body, revision'

/** Rows are written from parsed entries only, so they are read back without being parsed again. */
export function toEntry(row: EntryRow): Entry {
  const entry = {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    publicSeq: row.public_seq,
    kind: row.kind,
    author: row.author_id === null ? { type: row.author_type } : { type: row.author_type, id: row.author_id },
    at: row.at.toISOString(),
    clientKey: row.client_key,
    body: row.body,
    ...(row.kind === 'message.received' || row.kind === 'message.sent' ? { revision: row.revision } : {}),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the column is text; only kinds of `Entry` are written
  return entry as Entry
}
