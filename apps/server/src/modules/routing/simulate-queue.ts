import type { OutputOf, simulateQueue as endpoint } from '@qiao/protocol'
import { refused } from '#access'
import type { AgentPrincipal } from '#platform/principal'
import { loadAgents } from './load-agents.ts'
import { readDemand } from './read-demand.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { runSimulation } from './run-simulation.ts'
import { toReport } from './simulation-report.ts'
import { type Demand, type Member, type Question, setupsOf, toScenario } from './simulation-world.ts'
import { mustSteerQueue } from './supervise.ts'
import { readMembersByTeam, toRoutedQueue } from './to-routing.ts'

/** Customers times seeds; at about 50,000 a second, both scenarios are done in some ten seconds. */
const mostArrivals = 250_000

/** What a change would do: the same customers meet the queue as it is and as it would be. */
export async function simulateQueue(
  deps: RoutingDeps,
  agent: AgentPrincipal,
  question: Question,
): Promise<OutputOf<typeof endpoint>> {
  const queue = await mustSteerQueue(deps, agent, question.queueId)
  const demand = await readDemand(deps.pool, question, deps.clock.now())
  mustBeBounded(demand, question.seeds)
  const routed = toRoutedQueue(queue, await readMembersByTeam(deps.pool))
  const members = await readMembers(deps, [...new Set(routed.groups.flatMap(({ agentIds }) => [...agentIds]))])
  const setups = setupsOf(question)
  const [now = [], changed = []] = await runSimulation(
    [setups.now, setups.changed].map((setup) => toScenario(queue, members, demand, setup)),
    question.seeds,
  )
  const { midnight } = demand
  return {
    now: toReport(now, queue.id, { ...setups.now, midnight }),
    changed: toReport(changed, queue.id, { ...setups.changed, midnight }),
    seeds: question.seeds,
  }
}

function mustBeBounded({ streams }: Demand, seeds: number): void {
  const arrivals = streams.reduce((sum, { arrivals: come }) => sum + expected(come), 0)
  if (arrivals === 0) throw refused('arrivals', 'Nobody comes to this queue in that time')
  if (arrivals * seeds > mostArrivals)
    throw refused(
      'arrivals',
      `${Math.round(arrivals)} customers with ${seeds} seeds are too many: at most ${mostArrivals} together`,
    )
}

function expected(arrivals: Demand['streams'][number]['arrivals']): number {
  if (arrivals.kind === 'recorded') return arrivals.at.length
  if (arrivals.kind !== 'poisson') return 0
  // A rate for each hour.
  return arrivals.rates.reduce((sum, { perSecond }) => sum + perSecond * 3600, 0)
}

async function readMembers({ pool }: RoutingDeps, ids: readonly string[]): Promise<Member[]> {
  const loaded = await loadAgents(pool, ids)
  return loaded
    .map(({ agent }) => agent)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ skills, languages }) => ({ skills: Object.fromEntries(skills), languages: [...languages] }))
}
