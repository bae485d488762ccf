import type { Conversation, WorkItem } from '@qiao/protocol'
import { inTransaction, type NewEntry } from '#conversations'
import { type AgentWorkRow, changeAgentWork, lockAgentWork } from './agent-work.ts'
import { unlessWrapUpOver } from './leave-queue.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved } from './topics.ts'

type Deps = Pick<RoutingDeps, 'pool' | 'bus' | 'clock' | 'appender'>

const perRun = 500
/**
 * Without any device for longer, an agent is offline, whatever the queues say: those have no word in whether somebody is
 * at work. What is in hand goes by the grace of its own queue, before or after that.
 */
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
  const goneBefore = new Date(deps.clock.now().getTime() - offlineAfterMs)
  await setOffline(
    deps,
    // A state that was set since they went is theirs or their lead's word, and holds as long.
    `select agent_id from agent_work
     where not present and state <> 'offline' and greatest(gone_at, since) <= $1 and gone_at is not null limit ${perRun}`,
    [goneBefore],
    ({ gone_at: goneAt, since }) => goneAt !== null && goneAt <= goneBefore && since <= goneBefore,
  )
  for (const { id } of await readLeftBehind(deps)) {
    // Whoever came back while the work of others was let go has it still.
    const [row] = await readLeftBehind(deps, id)
    if (row) await letGo(deps, row)
  }
}

async function readLeftBehind({ pool, clock }: Deps, itemId: string | null = null): Promise<HeldRow[]> {
  const { rows } = await pool.query<HeldRow>(
    `select ${heldColumns} from work_items as item join agent_work as work on work.agent_id = item.agent_id
       join queues as queue on queue.id = item.queue_id
     where item.state = 'held' and item.purpose = 'serve' and not work.present and item.kept_since is null
       and ($2::uuid is null or item.id = $2)
       and coalesce(queue.settings ->> 'whenAgentGone', 'queue') <> 'keep'
       and work.gone_at + make_interval(secs => coalesce((queue.settings ->> 'agentGraceSeconds')::int, 60)) <= $1
     limit ${perRun}`,
    [clock.now(), itemId],
  )
  return rows
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

async function setOffline(
  { pool, bus, clock }: Deps,
  query: string,
  values: readonly unknown[],
  still: (before: AgentWorkRow) => boolean = () => true,
): Promise<void> {
  const { rows } = await pool.query<{ agent_id: string }>(query, [...values])
  for (const { agent_id: agentId } of rows) {
    await inTransaction(pool, async (client) => {
      const before = await lockAgentWork(client, agentId, clock.now())
      if (!before.present && still(before))
        await changeAgentWork(client, before, { state: 'offline', cause: 'disconnected' }, clock.now())
    })
  }
  if (rows.length > 0) bus.publish(agentsMoved, { agentIds: rows.map((row) => row.agent_id) })
}

const letGo = ({ appender }: Deps, row: HeldRow) =>
  unlessWrapUpOver(
    appender.append({
      conversationId: row.conversation_id,
      clientKey: `gone:${row.id}`,
      author: { type: 'system' },
      decide: (conversation) => withoutThem(conversation, row),
    }),
  )

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
