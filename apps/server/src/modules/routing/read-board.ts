import type { Board, Queue, QueueLoad } from '@qiao/protocol'
import { standings } from '@qiao/routing'
import type pg from 'pg'
import type { AgentPrincipal } from '#platform/principal'
import { lookAtQueues, type QueueNow } from './choose-queue.ts'
import { loadRoutingState } from './load-routing-state.ts'
import { readAgentStates, type TeamedState, withoutTeams } from './read-agent-states.ts'
import { readMeasured } from './read-measured.ts'
import { startOfDay } from './start-of-day.ts'
import { toWaitRange } from './tell-places.ts'

interface CountRow {
  queue_id: string
  waiting: number
  offered: number
  held: number
  longest_since: Date | null
  first_id: string | null
  alarms: { itemId: string; since: string; kind: 'nobody-can-take' }[]
}
interface TodayRow {
  queue_id: string
  offered: number
  answered: number
  in_time: number
  abandoned: number
  short: number
  asa: number | null
}

/** Everything that leads look at, of all queues and agents; `boardFor` takes out what somebody may not see. */
export interface WholeBoard {
  at: string
  queues: { load: QueueLoad; queue: Queue }[]
  agents: TeamedState[]
}

export async function readWholeBoard(pool: pg.Pool, now: Date): Promise<WholeBoard> {
  const today = await startOfDay(pool, now)
  const [queues, agents, counts, days, state, measured] = await Promise.all([
    lookAtQueues(pool, now),
    readAgentStates(pool, 'all'),
    readCounts(pool),
    readToday(pool, today),
    loadRoutingState(pool),
    readMeasured(pool, now),
  ])
  const all = standings(state, measured, now.getTime())
  return {
    at: now.toISOString(),
    agents,
    queues: queues.map((queueNow) => {
      const { queue } = queueNow
      const members = new Set(state.queues.get(queue.id)?.groups.flatMap(({ agentIds }) => [...agentIds]))
      const last = [...all].flatMap(([itemId, { wait }]) =>
        state.waiting.get(itemId)?.queueId === queue.id ? [wait] : [],
      )
      const wait = toWaitRange(last.at(-1) ?? null)
      const staff = agents.filter(({ agentId, present }) => present && members.has(agentId))
      const load = loadOf(queueNow, counts.get(queue.id), days.get(queue.id), staff)
      return { queue, load: { ...load, wait, alarms: alarmsOf(queueNow, counts.get(queue.id), staff, now) } }
    }),
  }
}

function loadOf(
  { queue, open }: QueueNow,
  count: CountRow | undefined,
  day: TodayRow | undefined,
  staff: readonly TeamedState[],
): Omit<QueueLoad, 'wait' | 'alarms'> {
  const { answered = 0, in_time: answeredInTime = 0, abandoned = 0, short = 0 } = day ?? {}
  const counted = answered + abandoned - short
  return {
    queueId: queue.id,
    open,
    paused: queue.pausedAt !== null,
    waiting: count?.waiting ?? 0,
    offered: count?.offered ?? 0,
    held: count?.held ?? 0,
    longestSince: count?.longest_since?.toISOString() ?? null,
    available: staff.filter(({ state }) => state === 'available').length,
    present: staff.length,
    today: {
      offered: day?.offered ?? 0,
      answered,
      answeredInTime,
      abandoned,
      shortAbandoned: short,
      serviceLevel: counted > 0 ? answeredInTime / counted : null,
      asaSeconds: day?.asa ?? null,
    },
  }
}

/** A wait so many times the queue's target is for a person to look at. */
const timesTheTarget = 10

/** Nobody waits for ever unseen: what nobody could take, and a queue in which people wait and nobody works. */
function alarmsOf(
  { queue, open }: QueueNow,
  count: CountRow | undefined,
  staff: readonly TeamedState[],
  now: Date,
): QueueLoad['alarms'] {
  const alarms: QueueLoad['alarms'] = [...(count?.alarms ?? [])]
  const [first] = count?.alarms ?? []
  if (open && count?.longest_since && staff.length === 0 && !first && count.first_id)
    alarms.push({ kind: 'nobody-staffed', itemId: count.first_id, since: count.longest_since.toISOString() })
  const tooLongMs = queue.settings.service.withinSeconds * 1000 * timesTheTarget
  if (count?.first_id && count.longest_since && now.getTime() - count.longest_since.getTime() > tooLongMs)
    alarms.push({ kind: 'waits-too-long', itemId: count.first_id, since: count.longest_since.toISOString() })
  return alarms
}

async function readCounts(pool: pg.Pool): Promise<Map<string, CountRow>> {
  const { rows } = await pool.query<CountRow>(
    `select queue_id, count(*) filter (where state in ('waiting', 'offered'))::int as waiting,
       count(*) filter (where state = 'offered')::int as offered, count(*) filter (where state = 'held')::int as held,
       min(created_at) filter (where state in ('waiting', 'offered')) as longest_since,
       (array_agg(id order by created_at) filter (where state in ('waiting', 'offered')))[1] as first_id,
       coalesce(jsonb_agg(jsonb_build_object('kind', 'nobody-can-take', 'itemId', id,
         'since', to_char(alarmed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
         filter (where alarmed_at is not null and state = 'waiting'), '[]') as alarms
     from work_items where queue_id is not null and state <> 'ended' group by queue_id`,
  )
  return new Map(rows.map((row) => [row.queue_id, row]))
}

/** Stays that began today. Abandons within the queue's limit are short: they say nothing about the service. */
async function readToday(pool: pg.Pool, since: Date): Promise<Map<string, TodayRow>> {
  const { rows } = await pool.query<TodayRow>(
    `select queue.id as queue_id, day.* from queues as queue cross join lateral (
       select count(*)::int as offered,
         count(*) filter (where queue_outcome = 'answered')::int as answered,
         count(*) filter (where queue_outcome = 'answered' and left_queue_at - entered_at <= make_interval(
           secs => coalesce((queue.settings #>> '{service,withinSeconds}')::int, 60)))::int as in_time,
         count(*) filter (where queue_outcome in ('abandoned', 'left'))::int as abandoned,
         count(*) filter (where queue_outcome in ('abandoned', 'left') and left_queue_at - entered_at < make_interval(
           secs => coalesce((queue.settings #>> '{service,shortAbandonSeconds}')::int, 5)))::int as short,
         extract(epoch from avg(left_queue_at - entered_at) filter (where queue_outcome = 'answered'))::float8 as asa
       from work_items where queue_id = queue.id and entered_at >= $1) as day
     where queue.deleted_at is null`,
    [since],
  )
  return new Map(rows.map((row) => [row.queue_id, row]))
}

/** Leads see the queues that their teams serve and the agents of their teams; administrators everything. */
export function boardFor(agent: AgentPrincipal, { at, queues, agents }: WholeBoard): Board {
  const all = agent.inboxIds === 'all'
  const mine = (teamIds: readonly string[]): boolean => all || teamIds.some((id) => agent.teamIds.includes(id))
  const visible = agents.filter(({ agentId, teamIds }) => agentId === agent.agentId || mine(teamIds))
  const seen = new Set(visible.map(({ agentId }) => agentId))
  return {
    at,
    queues: queues
      .filter(
        ({ queue: { settings } }) =>
          all || settings.groups.some((group) => mine(group.teamIds) || group.agentIds.some((id) => seen.has(id))),
      )
      .map(({ load }) => load),
    agents: visible.map(withoutTeams),
  }
}
