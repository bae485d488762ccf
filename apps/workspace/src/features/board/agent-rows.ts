import type {
  Agent,
  AgentProfile,
  AgentState,
  HeldWork,
  OutputOf,
  ReasonCode,
  readRoutingSettings,
  RoutingStateName,
} from '@qiao/protocol'

export interface AgentRow {
  agent: Agent
  state: AgentState
  /** 工号 */
  number: string | null
  reason: ReasonCode | null
}

/** Those who can take work first, those who are away last: whoever looks wants to know who is there. */
const order: RoutingStateName[] = ['not-responding', 'available', 'busy', 'break', 'offline']

interface Known {
  agents: ReadonlyMap<string, Agent>
  profiles: readonly AgentProfile[]
  reasons: readonly ReasonCode[]
}

/** Also those that nobody can choose any more: whoever is on a break for one still is. */
export const everyReason = ({ reasons, retired }: OutputOf<typeof readRoutingSettings>): ReasonCode[] => [
  ...reasons,
  ...retired.reasons,
]

export function agentRowsOf(states: readonly AgentState[], { agents, profiles, reasons }: Known): AgentRow[] {
  const numbers = new Map(profiles.map((profile) => [profile.agentId, profile.number]))
  return states
    .flatMap((state) => {
      const agent = agents.get(state.agentId)
      const reason = reasons.find((one) => one.id === state.reasonId) ?? null
      return agent && !agent.disabledAt ? [{ agent, state, number: numbers.get(agent.id) ?? null, reason }] : []
    })
    .toSorted(
      (a, b) => order.indexOf(a.state.state) - order.indexOf(b.state.state) || a.agent.name.localeCompare(b.agent.name),
    )
}

/** What an agent holds, by channel; what rings and what is being wrapped up is told apart. */
export function holdingOf(held: readonly HeldWork[]) {
  const channels = new Map<string, number>()
  for (const work of held) {
    if (work.state === 'held') channels.set(work.channel, (channels.get(work.channel) ?? 0) + 1)
  }
  const count = (test: (work: HeldWork) => boolean): number => held.filter(test).length
  return {
    channels: [...channels],
    ringing: count((work) => work.state === 'offered'),
    wrapping: count((work) => work.state === 'wrap-up'),
    silent: count((work) => work.state === 'held' && work.silent),
  }
}

export const searchMatches = ({ agent, number }: AgentRow, text: string): boolean =>
  `${agent.name} ${agent.publicName ?? ''} ${number ?? ''}`.toLowerCase().includes(text.trim().toLowerCase())
