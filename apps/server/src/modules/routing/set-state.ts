import type { RoutingStateName } from '@qiao/protocol'
import { inTransaction } from '#conversations'
import { AppError } from '#platform/errors'
import { changeAgentWork, lockAgentWork, type StateCause } from './agent-work.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved, routingMoved } from './topics.ts'

interface StateChange {
  agentId: string
  state: RoutingStateName
  reasonId: string | null
  cause: StateCause
  byAgentId: string | null
}

/** Sets whether an agent takes work. What is in hand stays there. */
export async function setRoutingState(
  deps: Pick<RoutingDeps, 'pool' | 'bus' | 'clock'>,
  change: StateChange,
): Promise<void> {
  await inTransaction(deps.pool, async (client) => {
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
    const before = await lockAgentWork(client, change.agentId, deps.clock.now())
    await changeAgentWork(client, before, change, deps.clock.now())
  })
  deps.bus.publish(agentsMoved, { agentIds: [change.agentId] })
  deps.bus.publish(routingMoved, {})
}
