import type { Conversation, WorkItem } from '@qiao/protocol'
import { inTransaction, type NewEntry } from '#conversations'
import { changeAgentWork, lockAgentWork } from './agent-work.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved } from './topics.ts'

type Deps = Pick<RoutingDeps, 'pool' | 'bus' | 'clock' | 'appender'>

const perRun = 500
/** Away for longer, an agent is offline; their work waits for the grace of its queue. */
const offlineAfterMs = 60_000

interface HeldRow {
  id: string
  conversation_id: string
  agent_id: string
  purpose: WorkItem['purpose']
  state: 'held' | 'wrap-up'
  /** What the queue does with the work of agents who are gone. */
  then: 'keep' | 'queue' | 'team'
}
const heldColumns = `item.id, item.conversation_id, item.agent_id, item.purpose, item.state,
  coalesce(queue.settings ->> 'whenAgentGone', 'queue') as then`

/** Agents whose last device has been gone for the grace: they are offline, and their work goes where the queue says. */
export async function releaseFromGoneAgents(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  await setOffline(
    deps,
    `select agent_id from agent_work where not present and state <> 'offline' and gone_at <= $1 limit ${perRun}`,
    [new Date(now.getTime() - offlineAfterMs)],
  )
  const { rows } = await deps.pool.query<HeldRow>(
    `select ${heldColumns} from work_items as item join agent_work as work on work.agent_id = item.agent_id
       join queues as queue on queue.id = item.queue_id
     where item.state = 'held' and item.purpose = 'serve' and not work.present
       and coalesce(queue.settings ->> 'whenAgentGone', 'queue') <> 'keep'
       and work.gone_at + make_interval(secs => coalesce((queue.settings ->> 'agentGraceSeconds')::int, 60)) <= $1
     limit ${perRun}`,
    [now],
  )
  for (const row of rows) await letGo(deps, row)
}

/** Who may not sign in any more does not come back: nothing waits for them, whatever the queue says, and nothing stays. */
export async function releaseFromDisabledAgents(deps: Deps): Promise<void> {
  await setOffline(
    deps,
    `select agent_id from agent_work join agents on agents.id = agent_id
     where disabled_at is not null and not present and state <> 'offline' limit ${perRun}`,
    [],
  )
  const { rows } = await deps.pool.query<HeldRow>(
    `select ${heldColumns} from work_items as item join agents on agents.id = item.agent_id
       left join queues as queue on queue.id = item.queue_id
     where item.state in ('held', 'wrap-up') and agents.disabled_at is not null limit ${perRun}`,
  )
  for (const row of rows) await letGo(deps, row)
}

async function setOffline({ pool, bus, clock }: Deps, query: string, values: readonly unknown[]): Promise<void> {
  const { rows } = await pool.query<{ agent_id: string }>(query, [...values])
  for (const { agent_id: agentId } of rows) {
    await inTransaction(pool, async (client) => {
      const before = await lockAgentWork(client, agentId, clock.now())
      if (!before.present)
        await changeAgentWork(client, before, { state: 'offline', cause: 'disconnected' }, clock.now())
    })
  }
  if (rows.length > 0) bus.publish(agentsMoved, { agentIds: rows.map((row) => row.agent_id) })
}

const letGo = ({ appender }: Deps, row: HeldRow) =>
  appender.append({
    conversationId: row.conversation_id,
    clientKey: `gone:${row.id}`,
    author: { type: 'system' },
    decide: (conversation) => withoutThem(conversation, row),
  })

function withoutThem({ assigneeId, participantIds, consults }: Conversation, row: HeldRow): NewEntry[] {
  const agentId = row.agent_id
  if (row.state === 'wrap-up')
    return [{ kind: 'conversation.wrapped-up', body: { itemId: row.id, dispositionId: null, cause: 'time' } }]
  if (row.purpose === 'join')
    return participantIds.includes(agentId) ? [{ kind: 'participant.left', body: { agentId } }] : []
  if (row.purpose === 'consult')
    return consults
      .filter((consult) => consult.agentId === agentId)
      .map(({ id }) => ({ kind: 'consult.ended', body: { consultId: id } }))
  if (assigneeId !== agentId) return []
  // To the team: it waits for whoever of them takes it, not in the queue.
  const cause = row.then === 'team' ? 'transferred' : 'agent-gone'
  return [{ kind: 'conversation.assigned', body: { agentId: null, fromAgentId: agentId, cause } }]
}
