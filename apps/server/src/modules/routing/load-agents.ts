import { anyChannel, capacityProfile, type CapacityProfile } from '@qiao/protocol'
import type { Agent, CapacityProfile as Capacity, ChannelCost, HeldWork, SkillLevel } from '@qiao/routing'
import { z } from 'zod'
import type { Queryable } from './work-item-row.ts'

/** An agent as the router sees them, and the version of the row that this was read from. */
export interface LoadedAgent {
  agent: Agent
  version: number
  /** What a claim names: see the column. */
  gained: number
  pickMarginUnits: number
  teamIds: readonly string[]
}

interface AgentRow {
  agent_id: string
  version: number
  gained: number
  state: string
  present: boolean
  languages: string[]
  weight: number
  last_offer_at: Date | null
  offers_count: number
  idle_since: Date
  units: number
  pick_margin_units: number
  channels: unknown
  skills: { id: string; level: SkillLevel }[]
  held: { itemId: string; channel: string; queueId: string | null; silent: boolean; rings: boolean }[]
  team_ids: string[]
}

const loadText = `
select work.agent_id, work.version, work.gained, work.state, work.present, work.languages, work.weight, work.last_offer_at,
  work.offers_count, work.idle_since, profile.units, profile.pick_margin_units, profile.channels,
  coalesce((select json_agg(skill) from (select skill_id as id, level from agent_skills
    where agent_id = work.agent_id) as skill), '[]') as skills,
  array(select team_id from team_members where agent_id = work.agent_id) as team_ids,
  coalesce((select json_agg(item) from (
    select id as "itemId", channel, queue_id as "queueId", silent_since is not null as silent, false as rings
    from work_items where agent_id = work.agent_id and state in ('held', 'wrap-up')
    union all
    select item.id, item.channel, item.queue_id, false, true from offers join work_items as item on item.id = offers.item_id
    where offers.agent_id = work.agent_id and offers.ended_at is null) as item), '[]') as held
from agent_work as work
join agents on agents.id = work.agent_id and agents.disabled_at is null
join capacity_profiles as profile
  on profile.id = coalesce(work.profile_id, (select id from capacity_profiles where standard))`

/** Work in hand, offers that are not answered included. An agent who never took part, or is disabled, is left out. */
export async function loadAgents(client: Queryable, agentIds: readonly string[] | 'all'): Promise<LoadedAgent[]> {
  const { rows } =
    agentIds === 'all'
      ? await client.query<AgentRow>(loadText)
      : await client.query<AgentRow>({
          name: 'load-agents',
          text: `${loadText} where work.agent_id = any($1::uuid[])`,
          values: [agentIds],
        })
  return rows.map((row) => ({
    version: row.version,
    gained: row.gained,
    pickMarginUnits: row.pick_margin_units,
    teamIds: row.team_ids,
    agent: {
      id: row.agent_id,
      present: row.present,
      available: row.state === 'available',
      skills: new Map(row.skills.map(({ id, level }) => [id, level])),
      languages: new Set(row.languages),
      capacity: toCapacity(row.units, row.channels),
      held: row.held.map(({ queueId, ...work }): HeldWork => (queueId ? { ...work, queueId } : work)),
      ringsAtOnce: 1,
      idleSince: row.idle_since.getTime(),
      lastOfferAt: row.last_offer_at?.getTime() ?? 0,
      offers: row.offers_count,
      weight: row.weight,
    },
  }))
}

const costs = z.record(z.string(), capacityProfile.shape.channels.valueType)

/** Whatever channel is asked for, the profile has an answer: its own, or that for all others. */
export function toCapacity(units: number, stored: unknown): Capacity {
  const named: CapacityProfile['channels'] = costs.safeParse(stored).data ?? {}
  const channels = new ChannelCosts(Object.entries(named).map(([channel, cost]) => [channel, toCost(cost)]))
  return { units, channels }
}

const everyChannel: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true })
const toCost = ({ units, most, interruptedBy }: CapacityProfile['channels'][string]): ChannelCost => ({
  units,
  most,
  interruptedBy: interruptedBy.includes(anyChannel) ? everyChannel : new Set(interruptedBy),
})

class ChannelCosts extends Map<string, ChannelCost> {
  override get(channel: string): ChannelCost | undefined {
    return super.get(channel) ?? super.get(anyChannel)
  }
}
