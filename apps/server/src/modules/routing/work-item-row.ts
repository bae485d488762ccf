import type { QueueOutcome, WorkItem } from '@qiao/protocol'
import type { Step } from '@qiao/routing'
import type pg from 'pg'

/** Whatever runs SQL: a pool, or the client of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>

export interface WorkItemRow {
  id: string
  previous_id: string | null
  conversation_id: string
  purpose: WorkItem['purpose']
  queue_id: string | null
  channel: string
  language: string | null
  priority: number
  created_at: Date
  entered_at: Date
  due_at: Date | null
  steps: Step[]
  preferred_agent_id: string | null
  preferred_until: Date | null
  declined: { agentId: string; until: string }[]
  state: WorkItem['state']
  agent_id: string | null
  customer_gone_at: Date | null
  silent_since: Date | null
  left_queue_at: Date | null
  queue_outcome: QueueOutcome | null
  accepted_at: Date | null
  ended_at: Date | null
  wrap_until: Date | null
  wrap_extended: boolean
  wrapped_at: Date | null
  disposition_id: string | null
  callback_phone: string | null
  alarmed_at: Date | null
  told_at: Date | null
  told_low_seconds: number | null
  told_high_seconds: number | null
  version: number
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const toWorkItem = (row: WorkItemRow): WorkItem => ({
  id: row.id,
  previousId: row.previous_id,
  conversationId: row.conversation_id,
  purpose: row.purpose,
  queueId: row.queue_id,
  channel: row.channel,
  language: row.language,
  priority: row.priority,
  createdAt: row.created_at.toISOString(),
  enteredAt: row.entered_at.toISOString(),
  dueAt: iso(row.due_at),
  state: row.state,
  agentId: row.agent_id,
  preferredAgentId: row.preferred_agent_id,
  silentSince: iso(row.silent_since),
  leftQueueAt: iso(row.left_queue_at),
  queueOutcome: row.queue_outcome,
  acceptedAt: iso(row.accepted_at),
  endedAt: iso(row.ended_at),
  wrapUntil: iso(row.wrap_until),
  wrappedAt: iso(row.wrapped_at),
  dispositionId: row.disposition_id,
  toldWait:
    row.told_at && row.told_low_seconds !== null && row.told_high_seconds !== null
      ? { lowSeconds: row.told_low_seconds, highSeconds: row.told_high_seconds, at: row.told_at.toISOString() }
      : null,
})

/** What the conversation waits in or is served by, locked; null when there is neither. */
export async function lockServing(client: Queryable, conversationId: string): Promise<WorkItemRow | null> {
  const { rows } = await client.query<WorkItemRow>({
    name: 'lock-serving',
    text: `select * from work_items where conversation_id = $1 and purpose = 'serve' and state in ('waiting', 'offered', 'held')
     for update`,
    values: [conversationId],
  })
  return rows[0] ?? null
}
