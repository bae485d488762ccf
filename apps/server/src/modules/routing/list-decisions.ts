import type { listRoutingDecisions as endpoint, OutputOf } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { type DecisionRow, toDecision } from './decision-row.ts'
import { type LeadScope, readLeadScope } from './lead-scope.ts'
import { every, toPage, within } from './record-pages.ts'

type Query = z.output<typeof endpoint.query>

/** Newest first. Leads see the decisions of their queues and those that went to their agents. */
export async function listDecisions(
  db: Database,
  agent: AgentPrincipal,
  query: Query,
): Promise<OutputOf<typeof endpoint>> {
  const scope = await readLeadScope(db, agent)
  const { rows } = await sql<DecisionRow>`
    select decision.*, item.conversation_id from (${newest(scope, query)}) as page
      join routing_decisions as decision on decision.id = page.id join work_items as item on item.id = decision.item_id
    order by decision.at desc, decision.id desc`.execute(db)
  return toPage(rows, query.limit, toDecision, ({ at, id }) => [at, id])
}

/** By queue through an index of decisions; by agent through the index of the offers that were made with them. */
function newest(scope: LeadScope, query: Query): RawBuilder<unknown> {
  const order = sql`order by at desc, id desc limit ${query.limit + 1}`
  const fits = within(query, sql`decision.at`, sql`decision.id`)
  const bounded = within({ from: query.from, to: query.to }, sql`made_at`, sql`null`)
  const ofQueues = (ids: readonly string[]): RawBuilder<unknown> => sql`
    select found.* from unnest(${[...ids]}::uuid[]) as mine (id) cross join lateral (
      select id, at from routing_decisions as decision where queue_id = mine.id and ${fits}
        and ${query.agentId ? sql`${query.agentId} = any(agent_ids)` : sql`true`} ${order}) as found`
  const ofAgents = (ids: readonly string[]): RawBuilder<unknown> => sql`
    select found.* from unnest(${[...ids]}::uuid[]) as mine (id) cross join lateral (
      select decision.id, decision.at from offers join routing_decisions as decision on decision.id = decision_id
      where agent_id = mine.id and ${every([bounded, fits, query.queueId && sql`queue_id = ${query.queueId}`])}
      order by made_at desc, decision.id desc limit ${query.limit + 1}) as found`
  const { queueId, agentId } = query
  if (scope === 'all') {
    if (agentId) return ofAgents([agentId])
    if (queueId) return ofQueues([queueId])
    return sql`select id from routing_decisions as decision where ${fits} ${order}`
  }
  const queueIds = scope.queueIds.filter((id) => queueId === undefined || id === queueId)
  const agentIds = scope.agentIds.filter((id) => agentId === undefined || id === agentId)
  return sql`select id from (${ofQueues(queueIds)} union ${ofAgents(agentIds)}) as mine ${order}`
}
