import type { WorkItem } from '@qiao/protocol'
import { authorOf } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { readQueueIn } from './queue-row.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved, routingMoved } from './topics.ts'
import { type Queryable, toWorkItem, type WorkItemRow } from './work-item-row.ts'

/** The agent's own work item; somebody else's is as good as not there. */
async function ownItem(client: Queryable, agentId: string, id: string): Promise<WorkItemRow> {
  const { rows } = await client.query<WorkItemRow>('select * from work_items where id = $1 and agent_id = $2', [
    id,
    agentId,
  ])
  const [item] = rows
  if (!item) throw new AppError('not-found')
  return item
}

async function takesDisposition(client: Queryable, item: WorkItemRow, dispositionId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    'select from disposition_codes where id = $1 and retired_at is null and (queue_ids = $2 or $3 = any(queue_ids))',
    [dispositionId, [], item.queue_id],
  )
  return rowCount === 1
}

export async function wrapUp(
  deps: Pick<RoutingDeps, 'pool' | 'appender' | 'bus'>,
  agent: AgentPrincipal,
  input: { id: string; clientKey: string; dispositionId: string | null; note?: string | undefined },
): Promise<WorkItem> {
  const item = await ownItem(deps.pool, agent.agentId, input.id)
  const queue = item.queue_id ? await readQueueIn(deps.pool, item.queue_id) : null
  const missing = queue?.settings.wrapUp.needsDisposition && !input.dispositionId
  const known = input.dispositionId === null || (await takesDisposition(deps.pool, item, input.dispositionId))
  await deps.appender.append({
    conversationId: item.conversation_id,
    clientKey: input.clientKey,
    author: authorOf(agent),
    // Refused here and not before: a repeat is not, whatever became of the queue and its dispositions.
    decide: () => {
      if (item.state !== 'wrap-up') throw new AppError('wrap-up-over')
      if (missing) throw new AppError('disposition-needed')
      if (!known) throw new AppError('invalid-input', { detail: 'The queue has no such disposition' })
      const { dispositionId, note } = input
      return [
        {
          kind: 'conversation.wrapped-up',
          body: { itemId: item.id, dispositionId, cause: 'agent', ...(note ? { note } : {}) },
        },
      ]
    },
  })
  deps.bus.publish(agentsMoved, { agentIds: [agent.agentId] })
  deps.bus.publish(routingMoved, {})
  return toWorkItem(await ownItem(deps.pool, agent.agentId, input.id))
}

/** As long again, once. */
export async function extendWrapUp(
  deps: Pick<RoutingDeps, 'pool' | 'bus' | 'clock'>,
  agent: AgentPrincipal,
  id: string,
): Promise<WorkItem> {
  const item = await ownItem(deps.pool, agent.agentId, id)
  const queue = item.queue_id ? await readQueueIn(deps.pool, item.queue_id) : null
  const seconds = queue?.settings.wrapUp.seconds ?? 60
  const { rowCount } = await deps.pool.query(
    `update work_items set wrap_until = wrap_until + make_interval(secs => $2), wrap_extended = true
     where id = $1 and state = 'wrap-up' and wrap_until is not null and not wrap_extended`,
    [id, seconds],
  )
  if (rowCount === 0) throw new AppError('wrap-up-over')
  deps.bus.publish(agentsMoved, { agentIds: [agent.agentId] })
  deps.bus.publish(routingMoved, {})
  return toWorkItem(await ownItem(deps.pool, agent.agentId, id))
}
