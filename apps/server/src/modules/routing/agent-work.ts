import type { OfflineWork, RoutingStateName, stateStretch } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { noteRoutingEvent } from './routing-event.ts'
import type { Queryable } from './work-item-row.ts'

export type StateCause = z.infer<typeof stateStretch>['cause']

export interface StateChange {
  agentId: string
  state: RoutingStateName
  reasonId: string | null
  /** What becomes of the work in hand of whoever goes offline; each queue decides where nothing is said. */
  work?: OfflineWork | undefined
  cause: StateCause
  byAgentId: string | null
}

export interface AgentWorkRow {
  agent_id: string
  state: RoutingStateName
  reason_id: string | null
  since: Date
  present: boolean
  gone_at: Date | null
  misses: number
}

/** The agent's row, locked; made when the agent never took part before. */
export async function lockAgentWork(client: Queryable, agentId: string, now: Date): Promise<AgentWorkRow> {
  const read = async () =>
    client.query<AgentWorkRow>(
      'select agent_id, state, reason_id, since, present, gone_at, misses from agent_work where agent_id = $1 for update',
      [agentId],
    )
  const known = (await read()).rows[0]
  if (known) return known
  await client.query(
    'insert into agent_work (agent_id, since, idle_since) values ($1, $2, $2) on conflict (agent_id) do nothing',
    [agentId, now],
  )
  const made = (await read()).rows[0]
  if (!made) throw new Error(`agent ${agentId} has no row of work`)
  return made
}

/**
 * Moves an agent into another state or presence: the stretch that lasted ends, the next begins in the same instant, so
 * that the timeline has neither gaps nor overlaps. Changes nothing when things are already so.
 */
export async function changeAgentWork(
  client: Queryable,
  before: AgentWorkRow,
  change: {
    state?: RoutingStateName
    reasonId?: string | null
    present?: boolean
    cause: StateCause
    byAgentId?: string | null
  },
  now: Date,
): Promise<boolean> {
  const state = change.state ?? before.state
  const reasonId = change.state === undefined ? before.reason_id : (change.reasonId ?? null)
  const present = change.present ?? before.present
  if (state === before.state && reasonId === before.reason_id && present === before.present) return false
  // Two changes within a clock's tick must not give a stretch that ends before it begins.
  const at = now < before.since ? before.since : now
  await client.query(
    `update agent_work set state = $2, reason_id = $3, present = $4, gained = gained + 1,
       since = case when state = $2 and reason_id is not distinct from $3 then since else $5 end,
       gone_at = case when $4 then null else coalesce(gone_at, $5) end,
       misses = case when $2 = 'available' and state <> 'available' then 0 else misses end,
       idle_since = case when state = $2 then idle_since else $5 end
     where agent_id = $1`,
    [before.agent_id, state, reasonId, present, at],
  )
  await client.query('update agent_states set until = greatest(since, $2) where agent_id = $1 and until is null', [
    before.agent_id,
    at,
  ])
  await client.query(
    `insert into agent_states (id, agent_id, state, reason_id, present, since, cause, by_agent_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [uuidv7(), before.agent_id, state, reasonId, present, at, change.cause, change.byAgentId ?? null],
  )
  await noteRoutingEvent(
    client,
    'agent.state-changed',
    {
      agentId: before.agent_id,
      state,
      reasonId,
      present,
      cause: change.cause,
      byAgentId: change.byAgentId ?? null,
    },
    at,
  )
  return true
}

/** Work came to the agent: whoever decided on what they held before must look again. */
export async function touchAgents(client: Queryable, agentIds: readonly string[], now: Date): Promise<void> {
  if (agentIds.length === 0) return
  await client.query(
    `insert into agent_work (agent_id, since, idle_since)
     select id, $2, $2 from unnest($1::uuid[]) as given (id) where not exists (select from agent_work where agent_id = id)
     on conflict (agent_id) do nothing`,
    [agentIds, now],
  )
  await client.query(
    `update agent_work set gained = gained + 1 where agent_id in
       (select agent_id from agent_work where agent_id = any($1::uuid[]) order by agent_id for update)`,
    [agentIds],
  )
}

/**
 * Who answered has missed nothing in a row; who ended something and has nothing else in hand is idle from now on. In the
 * order of their ids, so that two transactions cannot wait for each other.
 */
export async function restAgents(
  client: Queryable,
  { answered, ended }: { answered: readonly string[]; ended: readonly string[] },
  now: Date,
): Promise<void> {
  if (answered.length + ended.length === 0) return
  await client.query({ name: 'rest-agents', text: restText, values: [answered, ended, now] })
}

const restText = `
with given as (
  select id, bool_or(answered) as answered, bool_or(ended) as ended
  from (select unnest($1::uuid[]) as id, true as answered, false as ended
        union all select unnest($2::uuid[]), false, true) as one group by id
),
found as (
  select work.agent_id, answered, ended and not exists (
    select from work_items where work_items.agent_id = given.id and work_items.state in ('held', 'wrap-up')) as idle
  from given join agent_work as work on work.agent_id = given.id
),
changed as (
  select work.agent_id, answered, idle from found join agent_work as work using (agent_id)
  where idle or answered and work.misses > 0 order by work.agent_id for update of work
)
update agent_work as work set misses = case when answered then 0 else misses end,
  idle_since = case when idle then $3 else idle_since end
from changed where changed.agent_id = work.agent_id`
