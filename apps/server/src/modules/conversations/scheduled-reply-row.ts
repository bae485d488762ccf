import {
  agentContent,
  type DeliveryProblem,
  type MailWriting,
  mailWriting,
  type MessageContent,
  type ScheduledReply,
} from '@qiao/protocol'

export interface ScheduledReplyRow {
  id: string
  /** Null while it is a letter that is going to begin one, in `inbox_id`. */
  conversation_id: string | null
  inbox_id: string | null
  agent_id: string
  content: unknown
  reply_to_id: string | null
  writing: unknown
  send_at: Date
  state: ScheduledReply['state']
  problem: DeliveryProblem | null
  created_at: Date
}

/** What is the same in answers and in first letters. */
export interface ToSchedule {
  clientKey: string
  content: MessageContent
  sendAt: string
  writing?: MailWriting | undefined
}

export const scheduledColumns =
  'id, conversation_id, inbox_id, agent_id, content, reply_to_id, writing, send_at, state, problem, created_at'

export const toScheduled = (row: ScheduledReplyRow): ScheduledReply => ({
  id: row.id,
  conversationId: row.conversation_id,
  inboxId: row.inbox_id,
  agentId: row.agent_id,
  content: agentContent.parse(row.content),
  replyToId: row.reply_to_id,
  writing: row.writing === null ? null : mailWriting.parse(row.writing),
  sendAt: row.send_at.toISOString(),
  state: row.state,
  problem: row.problem,
  createdAt: row.created_at.toISOString(),
})
