import type { AgentState, HeldWork } from '@qiao/protocol'
import { capacityProfile } from '@qiao/protocol'
import { z } from 'zod'
import { toCapacity } from './load-agents.ts'
import type { Queryable } from './work-item-row.ts'

interface StateRow {
  agent_id: string
  present: boolean
  state: AgentState['state']
  reason_id: string | null
  since: Date
  units: number
  channels: unknown
  team_ids: string[]
  held: Omit<HeldWork, 'units'>[]
}

export type TeamedState = AgentState & { teamIds: readonly string[] }

/** Rows turned into JSON as they are: objects built key by key took twice as long. */
const statesText = `
select agents.id as agent_id, coalesce(work.present, false) as present, coalesce(work.state, 'offline') as state,
  work.reason_id, coalesce(work.since, agents.created_at) as since, profile.units, profile.channels,
  array(select team_id from team_members where agent_id = agents.id) as team_ids,
  coalesce((select json_agg(item order by item.since) from (
    select item.*, coalesce((queue.settings #>> '{wrapUp,needsDisposition}')::boolean, false) as "needsDisposition"
    from (
      select id as "itemId", conversation_id as "conversationId", channel, queue_id as "queueId", purpose, state,
        silent_since is not null as silent, accepted_at as since, wrap_until as "wrapUntil"
      from work_items where agent_id = agents.id and state in ('held', 'wrap-up')
      union all
      select item.id, item.conversation_id, item.channel, item.queue_id, item.purpose, 'offered', false, offers.made_at, null
      from offers join work_items as item on item.id = offers.item_id
      where offers.agent_id = agents.id and offers.ended_at is null) as item
    left join queues as queue on queue.id = item."queueId") as item), '[]') as held
from agents
left join agent_work as work on work.agent_id = agents.id
join capacity_profiles as profile
  on profile.id = coalesce(work.profile_id, (select id from capacity_profiles where standard))
where agents.disabled_at is null`

/** PostgreSQL has more digits, and another name for UTC. */
const instant = (text: string): string => new Date(text).toISOString()

const costs = z.record(z.string(), capacityProfile.shape.channels.valueType)

/** How things stand with these agents, or with all: state, presence, and what is in hand with the units that it takes. */
export async function readAgentStates(client: Queryable, agentIds: readonly string[] | 'all'): Promise<TeamedState[]> {
  const { rows } =
    agentIds === 'all'
      ? await client.query<StateRow>(`${statesText} order by agents.name, agents.id`)
      : await client.query<StateRow>({
          name: 'agent-states',
          text: `${statesText} and agents.id = any($1::uuid[])`,
          values: [agentIds],
        })
  return rows.map((row) => {
    const { channels } = toCapacity(row.units, costs.parse(row.channels))
    const held = row.held.map((work) => ({
      ...work,
      since: instant(work.since),
      wrapUntil: work.wrapUntil === null ? null : instant(work.wrapUntil),
      units: work.silent ? 0 : (channels.get(work.channel)?.units ?? 0),
    }))
    return {
      agentId: row.agent_id,
      present: row.present,
      state: row.state,
      reasonId: row.reason_id,
      since: row.since.toISOString(),
      unitsUsed: held.reduce((sum, { units }) => sum + units, 0),
      units: row.units,
      held,
      teamIds: row.team_ids,
    }
  })
}

export function withoutTeams({ teamIds: _teamIds, ...state }: TeamedState): AgentState {
  return state
}
