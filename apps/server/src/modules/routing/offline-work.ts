import { uuidv7 } from 'uuidv7'
import { type OfflineWork, queueSettings } from '@qiao/protocol'
import { refused } from '#access'
import type { StateChange } from './agent-work.ts'
import type { RoutingDeps } from './routing-deps.ts'
import type { Queryable } from './work-item-row.ts'

interface HeldItem {
  id: string
  conversation_id: string
  /** Null for work that was taken by hand without a queue. */
  queue_name: string | null
  queue_settings: unknown
}

const rule = queueSettings.shape.whenAgentOffline

/**
 * Within the change of an agent's state: what they keep is marked, what is to wait again is returned. Throws
 * `invalid-input` for an agent who wants it otherwise than a queue that leaves them no choice; leads may always choose.
 */
export async function settleOfflineWork(
  client: Queryable,
  { agentId, state, work, byAgentId }: StateChange,
  now: Date,
): Promise<HeldItem[]> {
  if (state !== 'offline') {
    // At work again: from now on what is theirs is left behind as everybody's is.
    await client.query(
      `update work_items set kept_since = null where agent_id = $1 and state = 'held' and kept_since is not null`,
      [agentId],
    )
    return []
  }
  const { rows } = await client.query<HeldItem>(
    `select item.id, item.conversation_id, queue.name as queue_name, queue.settings -> 'whenAgentOffline' as queue_settings
     from work_items as item left join queues as queue on queue.id = item.queue_id
     where item.agent_id = $1 and item.state = 'held' and item.purpose = 'serve' order by item.id for update of item`,
    [agentId],
  )
  const wanted = rows.map((item) => ({ item, work: choose(item, work, byAgentId !== null) }))
  const kept = work === 'keep' ? wanted.flatMap((one) => (one.work === 'keep' ? [one.item.id] : [])) : []
  await client.query('update work_items set kept_since = $2 where id = any($1::uuid[])', [kept, now])
  return wanted.flatMap((one) => (one.work === 'queue' ? [one.item] : []))
}

function choose(item: HeldItem, wish: OfflineWork | undefined, byLead: boolean): OfflineWork {
  const { work, agentMayChoose } = rule.parse(item.queue_settings ?? {})
  if (!wish || wish === work) return work
  if (!agentMayChoose && !byLead)
    throw refused('work', `The queue ${item.queue_name ?? ''} says what becomes of its work`)
  return wish
}

/** Lets go what is to wait again, at its old place. */
export async function letGoOfflineWork(
  { appender }: Pick<RoutingDeps, 'appender'>,
  { agentId, byAgentId }: StateChange,
  items: readonly HeldItem[],
): Promise<void> {
  await Promise.all(
    items.map(({ conversation_id: conversationId }) =>
      appender.append({
        conversationId,
        clientKey: uuidv7(),
        author: { type: 'agent', id: byAgentId ?? agentId },
        decide: ({ assigneeId }) =>
          assigneeId === agentId
            ? [{ kind: 'conversation.assigned', body: { agentId: null, fromAgentId: agentId, cause: 'released' } }]
            : [],
      }),
    ),
  )
}
