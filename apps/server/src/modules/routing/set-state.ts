import { refused } from '#access'
import { inTransaction } from '#conversations'
import { AppError } from '#platform/errors'
import { changeAgentWork, lockAgentWork, type StateChange } from './agent-work.ts'
import { letGoOfflineWork, settleOfflineWork } from './offline-work.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved, routingMoved } from './topics.ts'

/** Sets whether an agent takes work. What is in hand stays there, unless it is to wait again for who goes offline. */
export async function setRoutingState(
  deps: Pick<RoutingDeps, 'pool' | 'bus' | 'clock' | 'appender'>,
  change: StateChange,
): Promise<void> {
  if (change.work && change.state !== 'offline') throw refused('work', 'Only who goes offline says so')
  const toQueue = await inTransaction(deps.pool, async (client) => {
    if (change.reasonId) {
      const { rowCount } = await client.query(
        `select from reason_codes where id = $1 and kind = 'break' and retired_at is null`,
        [change.reasonId],
      )
      if (rowCount === 0 || change.state !== 'break')
        throw new AppError('invalid-input', {
          issues: [{ path: 'body.reasonId', message: 'There is no such reason for a break' }],
        })
    }
    const items = await settleOfflineWork(client, change, deps.clock.now())
    const before = await lockAgentWork(client, change.agentId, deps.clock.now())
    await changeAgentWork(client, before, change, deps.clock.now())
    return items
  })
  await letGoOfflineWork(deps, change, toQueue)
  deps.bus.publish(agentsMoved, { agentIds: [change.agentId] })
  deps.bus.publish(routingMoved, {})
}
