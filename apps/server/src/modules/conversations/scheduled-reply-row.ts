import { agentContent, type DeliveryProblem, type ScheduledReply } from '@qiao/protocol'

export interface ScheduledReplyRow {
  id: string
  conversation_id: string
  agent_id: string
  content: unknown
  reply_to_id: string | null
  send_at: Date
  state: ScheduledReply['state']
  problem: DeliveryProblem | null
  created_at: Date
}

export const scheduledColumns =
  'id, conversation_id, agent_id, content, reply_to_id, send_at, state, problem, created_at'

export const toScheduled = (row: ScheduledReplyRow): ScheduledReply => ({
  id: row.id,
  conversationId: row.conversation_id,
  agentId: row.agent_id,
  content: agentContent.parse(row.content),
  replyToId: row.reply_to_id,
  sendAt: row.send_at.toISOString(),
  state: row.state,
  problem: row.problem,
  createdAt: row.created_at.toISOString(),
})
