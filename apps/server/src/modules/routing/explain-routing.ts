import type { explainRouting as endpoint, OutputOf } from '@qiao/protocol'
import { currentStep, explain, type RoutingState, scoreOf, standings, type WorkItem } from '@qiao/routing'
import { type ConversationDeps, readItem } from '#conversations'
import type { AgentPrincipal } from '#platform/principal'
import { type DecisionRow, toDecision } from './decision-row.ts'
import { loadRoutingState } from './load-routing-state.ts'
import { readMeasured } from './read-measured.ts'
import { toWaitRange } from './tell-places.ts'
import { toWaiting } from './to-routing.ts'
import { type Queryable, toWorkItem, type WorkItemRow } from './work-item-row.ts'

type Explanation = OutputOf<typeof endpoint>

/** As many as a decision keeps; those who could come first. */
const mostCandidates = 100

/** Why a conversation went to whom it went to, and how things stand while it waits. Who sees it may know. */
export async function explainRouting(
  { db, pool, clock }: ConversationDeps,
  agent: AgentPrincipal,
  conversationId: string,
): Promise<Explanation> {
  await readItem(db, agent, conversationId)
  const [items, decisions, offers] = await Promise.all([
    pool.query<WorkItemRow>('select * from work_items where conversation_id = $1 order by entered_at, id', [
      conversationId,
    ]),
    pool.query<DecisionRow>(
      `select decision.*, item.conversation_id from work_items as item
         join routing_decisions as decision on decision.item_id = item.id
       where item.conversation_id = $1 order by decision.at, decision.id`,
      [conversationId],
    ),
    readOffersOf(pool, conversationId),
  ])
  const now = clock.now()
  const waits = items.rows.find(({ state }) => state === 'waiting' || state === 'offered')
  const item = waits && toWaiting({ ...waits, state: 'waiting' })
  return {
    items: items.rows.map(toWorkItem),
    decisions: decisions.rows.map(toDecision),
    offers,
    now: item ? explainNow(await loadRoutingState(pool), item, await readMeasured(pool, now), now) : null,
  }
}

/** Pure: what the router would think of a waiting item at this moment. */
export function explainNow(
  state: RoutingState,
  item: WorkItem,
  measured: Parameters<typeof standings>[1],
  now: Date,
): Explanation['now'] {
  const at = now.getTime()
  const queue = state.queues.get(item.queueId)
  if (!queue) return null
  const standing = standings(state, measured, at, item.queueId).get(item.id)
  const { index, until } = currentStep(item, at)
  const members = new Set(queue.groups.flatMap(({ agentIds }) => [...agentIds]))
  if (item.preferred) members.add(item.preferred.agentId)
  const agents = new Map([...state.agents].filter(([id]) => members.has(id)))
  return {
    position: standing?.place ?? null,
    score: scoreOf(queue.order, item, at),
    step: index,
    steps: item.steps.length,
    stepUntil: until === Infinity ? null : new Date(until).toISOString(),
    wait: toWaitRange(standing?.wait ?? null),
    candidates: explain({ ...state, agents }, item, at)
      .toSorted((a, b) => (a.measure ?? Infinity) - (b.measure ?? Infinity))
      .slice(0, mostCandidates),
  }
}

interface OfferRow {
  id: string
  item_id: string
  agent_id: string
  made_at: Date
  expires_at: Date
  ended_at: Date | null
  outcome: Explanation['offers'][number]['outcome']
  reason_id: string | null
}

async function readOffersOf(client: Queryable, conversationId: string): Promise<Explanation['offers']> {
  const { rows } = await client.query<OfferRow>(
    `select offers.* from work_items as item join offers on offers.item_id = item.id
     where item.conversation_id = $1 order by made_at, offers.id`,
    [conversationId],
  )
  return rows.map((row) => ({
    id: row.id,
    itemId: row.item_id,
    agentId: row.agent_id,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    outcome: row.outcome,
    reasonId: row.reason_id,
  }))
}
