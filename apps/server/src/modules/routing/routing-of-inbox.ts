import { type Conversation, inboxSettings } from '@qiao/protocol'
import type { Queryable } from './work-item-row.ts'

/**
 * Which channel a conversation came by, and the queue that the code it started by, the chosen department, or its inbox sends
 * it to. A queue that is gone sends nobody anywhere.
 */
export async function readRoutingOf(
  client: Queryable,
  { id, inboxId, teamId }: Pick<Conversation, 'id' | 'inboxId' | 'teamId'>,
): Promise<{ channel: string; queueId: string | null }> {
  const { rows } = await client.query<{ channel: string; routing: unknown; led: string | null }>(
    `select channel, settings -> 'routing' as routing,
       (select queues.id from entries join queues on queues.id = (entries.body ->> 'queueId')::uuid
        where conversation_id = $2 and seq = 1 and kind = 'conversation.started' and deleted_at is null) as led
     from inboxes where id = $1`,
    [inboxId, id],
  )
  const [inbox] = rows
  const routing = inboxSettings.shape.routing.parse(inbox?.routing ?? {})
  const department = routing.departments.find((candidate) => candidate.teamId === teamId)
  return { channel: inbox?.channel ?? '', queueId: inbox?.led ?? department?.queueId ?? routing.queueId }
}
