import type { WorkItem } from '@qiao/protocol'
import { can } from '@qiao/protocol'
import { type Actor, readAgentSight, recordAudit } from '#access'
import { authorOf, canSee, readScope, scopeOf, settingsChanged } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { StateChange } from './agent-work.ts'
import { readQueue } from './queue-row.ts'
import { noteRoutingEvent } from './routing-event.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { setRoutingState } from './set-state.ts'
import { routingMoved } from './topics.ts'
import { toWorkItem, type WorkItemRow } from './work-item-row.ts'

/** Leads steer the agents of their teams; administrators everybody. Somebody else's is as good as not there. */
export async function mustLead(deps: Pick<RoutingDeps, 'db'>, lead: AgentPrincipal, agentId: string): Promise<void> {
  const agent = await readAgentSight(deps.db, agentId)
  const theirs = agent && (lead.inboxIds === 'all' || agent.teamIds.some((id) => lead.teamIds.includes(id)))
  if (!theirs || !can(lead.role, 'routing.supervise')) throw new AppError('not-found')
}

export async function setStateOf(
  deps: RoutingDeps,
  lead: AgentPrincipal,
  by: Actor,
  change: Omit<StateChange, 'cause' | 'byAgentId'>,
): Promise<void> {
  await mustLead(deps, lead, change.agentId)
  await setRoutingState(deps, { ...change, cause: 'supervisor', byAgentId: lead.agentId })
  const { agentId, ...details } = change
  await recordAudit(deps.db, by, 'agent.state-set', { type: 'agent', id: agentId }, details, deps.clock.now())
}

/** Whether a lead may steer a queue: it is served by one of their teams. */
export async function mustSteerQueue(deps: Pick<RoutingDeps, 'db'>, lead: AgentPrincipal, queueId: string) {
  const queue = await readQueue(deps.db, queueId)
  const theirs =
    queue &&
    (lead.inboxIds === 'all' ||
      queue.settings.groups.some((group) => group.teamIds.some((id) => lead.teamIds.includes(id))))
  if (!theirs) throw new AppError('not-found')
  return queue
}

export async function pauseQueue(
  deps: RoutingDeps,
  lead: AgentPrincipal,
  by: Actor,
  { id, paused }: { id: string; paused: boolean },
): Promise<void> {
  await mustSteerQueue(deps, lead, id)
  const now = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('queues')
      .set((column) => ({ paused_at: paused ? column.fn.coalesce('paused_at', column.val(now)) : null }))
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, by, paused ? 'queue.paused' : 'queue.resumed', { type: 'queue', id }, {}, now)
    await noteRoutingEvent(tx, 'queue.paused', { queueId: id, paused, byAgentId: lead.agentId }, now)
  })
  // The router holds the settings of queues in memory, as screens do.
  deps.bus.publish(settingsChanged, { what: 'routing' })
  deps.bus.publish(routingMoved, {})
}

/** Points for a waiting item, or more than anybody before it in its queue has. */
export async function setPriority(
  deps: RoutingDeps,
  lead: AgentPrincipal,
  { id, wish }: { id: string; wish: { priority: number } | { front: true } },
): Promise<WorkItem> {
  const read = async (): Promise<WorkItemRow> => {
    const { rows } = await deps.pool.query<WorkItemRow>('select * from work_items where id = $1', [id])
    const [row] = rows
    const scope = row && (await readScope(deps.db, row.conversation_id))
    if (!row || !scope || !canSee(lead, scope)) throw new AppError('not-found')
    return row
  }
  const item = await read()
  const front = 'front' in wish
  const priority = front ? await abovePoints(deps, item) : wish.priority
  await deps.appender.append({
    conversationId: item.conversation_id,
    clientKey: `priority:${id}:${priority}:${deps.clock.now().getTime()}`,
    author: authorOf(lead),
    decide: (conversation) => {
      if (!canSee(lead, scopeOf(conversation))) throw new AppError('not-found')
      if (conversation.queue?.itemId !== id) throw new AppError('not-waiting')
      return [{ kind: 'conversation.prioritised', body: { itemId: id, priority, front } }]
    },
  })
  return toWorkItem(await read())
}

async function abovePoints({ pool }: RoutingDeps, item: WorkItemRow): Promise<number> {
  const { rows } = await pool.query<{ most: number; gained: number }>(
    `select coalesce(max(priority), 0) as most, coalesce(max((queue.settings #>> '{order,most}')::int), 0) as gained
     from work_items join queues as queue on queue.id = queue_id
     where queue_id = $1 and state in ('waiting', 'offered') and work_items.id <> $2`,
    [item.queue_id, item.id],
  )
  const [found] = rows
  return Math.max(item.priority, (found?.most ?? 0) + (found?.gained ?? 0) + 1)
}
