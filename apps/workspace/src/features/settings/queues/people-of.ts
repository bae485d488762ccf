import type { Agent, QueueSettings } from '@qiao/protocol'

type Group = Pick<QueueSettings['groups'][number], 'teamIds' | 'agentIds'>

/** Who is in a group by name or by team, former colleagues left out. */
export const peopleOf = ({ teamIds, agentIds }: Group, agents: readonly Agent[]): ReadonlySet<string> =>
  new Set(
    agents
      .filter(({ disabledAt }) => !disabledAt)
      .filter(({ id, teamIds: memberOf }) => agentIds.includes(id) || memberOf.some((team) => teamIds.includes(team)))
      .map(({ id }) => id),
  )

export const peopleOfAll = (groups: readonly Group[], agents: readonly Agent[]): ReadonlySet<string> =>
  new Set(groups.flatMap((group) => [...peopleOf(group, agents)]))
