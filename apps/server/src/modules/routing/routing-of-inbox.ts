import { type Conversation, inboxSettings } from '@qiao/protocol'
import type { Queryable } from './work-item-row.ts'

/** Which channel a conversation came by, and the queue that its inbox, or the chosen department, sends it to. */
export async function readRoutingOf(
  client: Queryable,
  { inboxId, teamId }: Pick<Conversation, 'inboxId' | 'teamId'>,
): Promise<{ channel: string; queueId: string | null }> {
  const { rows } = await client.query<{ channel: string; routing: unknown }>(
    `select channel, settings -> 'routing' as routing from inboxes where id = $1`,
    [inboxId],
  )
  const [inbox] = rows
  const routing = inboxSettings.shape.routing.parse(inbox?.routing ?? {})
  const department = routing.departments.find((candidate) => candidate.teamId === teamId)
  return { channel: inbox?.channel ?? '', queueId: department?.queueId ?? routing.queueId }
}
