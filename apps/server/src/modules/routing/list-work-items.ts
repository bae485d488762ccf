import type { listWorkItems as endpoint, OutputOf } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { type LeadScope, readLeadScope } from './lead-scope.ts'
import { every, toPage, within } from './record-pages.ts'
import { toWorkItem, type WorkItemRow } from './work-item-row.ts'

type Query = z.output<typeof endpoint.query>

/** Newest first. Leads see what their queues took in and what their agents hold, administrators everything. */
export async function listWorkItems(
  db: Database,
  agent: AgentPrincipal,
  query: Query,
): Promise<OutputOf<typeof endpoint>> {
  const scope = await readLeadScope(db, agent)
  const { rows } = await sql<WorkItemRow>`
    select item.* from (${newest(scope, query)}) as page join work_items as item on item.id = page.id
    order by item.entered_at desc, item.id desc`.execute(db)
  return toPage(rows, query.limit, toWorkItem, ({ enteredAt, id }) => [enteredAt, id])
}

/**
 * Each queue and each agent is read through its own stretch of an index and the newest of all are taken: reading time
 * follows the page, not the history.
 */
function newest(scope: LeadScope, query: Query): RawBuilder<unknown> {
  const order = sql`order by entered_at desc, id desc limit ${query.limit + 1}`
  const fits = every([
    within(query, sql`entered_at`, sql`id`),
    query.queueId && sql`queue_id = ${query.queueId}`,
    query.agentId && sql`agent_id = ${query.agentId}`,
    query.state && sql`state = ${query.state}`,
  ])
  if (scope === 'all') return sql`select id from work_items where ${fits} ${order}`
  const each = (column: RawBuilder<unknown>, ids: readonly string[]): RawBuilder<unknown> => sql`
    select found.* from unnest(${[...ids]}::uuid[]) as mine (id) cross join lateral (
      select id, entered_at from work_items where ${column} = mine.id and ${fits} ${order}) as found`
  return sql`select id from (
    ${each(sql`queue_id`, only(scope.queueIds, query.queueId))} union
    ${each(sql`agent_id`, only(scope.agentIds, query.agentId))}) as mine ${order}`
}

const only = (ids: readonly string[], wanted: string | undefined): readonly string[] =>
  wanted === undefined ? ids : ids.filter((id) => id === wanted)
