import type { RoutingDecision } from '@qiao/protocol'
import { readCandidates } from './stored-candidates.ts'

export interface DecisionRow {
  id: string
  at: Date
  item_id: string
  conversation_id: string
  queue_id: string
  agent_ids: string[]
  step: number
  score: number
  policy: string
  preferred: boolean
  chosen_by: RoutingDecision['chosenBy']
  candidates: Parameters<typeof readCandidates>[0]
}

export const toDecision = (row: DecisionRow): RoutingDecision => ({
  id: row.id,
  at: row.at.toISOString(),
  itemId: row.item_id,
  conversationId: row.conversation_id,
  queueId: row.queue_id,
  agentIds: row.agent_ids,
  step: row.step,
  score: row.score,
  policy: row.policy,
  preferred: row.preferred,
  chosenBy: row.chosen_by,
  candidates: readCandidates(row.candidates),
})
