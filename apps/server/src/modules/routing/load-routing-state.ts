import type { RoutingState, WorkItem } from '@qiao/routing'
import { type LoadedAgent, loadAgents } from './load-agents.ts'
import { toQueue } from './queue-row.ts'
import { readMembersByTeam, toRoutedQueue, toWaiting } from './to-routing.ts'
import type { Queryable, WorkItemRow } from './work-item-row.ts'

/** The world as the router would read it now, for explanations and estimates in any process. */
export async function loadRoutingState(
  client: Queryable,
): Promise<RoutingState & { waiting: Map<string, WorkItem>; loaded: readonly LoadedAgent[] }> {
  const [queues, loaded, items, members] = await Promise.all([
    client.query<Parameters<typeof toQueue>[0]>('select * from queues where deleted_at is null'),
    loadAgents(client, 'all'),
    client.query<WorkItemRow>(`select * from work_items where state in ('waiting', 'offered')`),
    readMembersByTeam(client),
  ])
  return {
    loaded,
    queues: new Map(queues.rows.map((row) => [row.id, toRoutedQueue(toQueue(row), members)])),
    agents: new Map(loaded.map(({ agent }) => [agent.id, agent])),
    waiting: new Map(
      items.rows.flatMap((row) => {
        // An offer that rings still has its place.
        const item = toWaiting({ ...row, state: 'waiting' })
        return item ? [[item.id, item] as const] : []
      }),
    ),
  }
}
