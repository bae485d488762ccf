import type { listStateStretches as endpoint, OutputOf, StateStretch } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { type LeadScope, readLeadScope } from './lead-scope.ts'
import { every, toPage, within } from './record-pages.ts'

type Query = z.output<typeof endpoint.query>

interface StretchRow {
  id: string
  agent_id: string
  state: StateStretch['state']
  reason_id: string | null
  present: boolean
  since: Date
  until: Date | null
  cause: StateStretch['cause']
  by_agent_id: string | null
}

/** Newest first, by when they began. Leads see the agents of their teams, and themselves. */
export async function listStateStretches(
  db: Database,
  agent: AgentPrincipal,
  query: Query,
): Promise<OutputOf<typeof endpoint>> {
  const scope = await readLeadScope(db, agent)
  const { rows } = await sql<StretchRow>`
    select * from (${newest(scope, query)}) as page order by since desc, id desc limit ${query.limit + 1}`.execute(db)
  return toPage(rows, query.limit, toStretch, ({ since, id }) => [since, id])
}

function newest(scope: LeadScope, query: Query): RawBuilder<unknown> {
  const { agentId } = query
  const fits = every([within(query, sql`since`, sql`id`), query.state && sql`state = ${query.state}`])
  if (scope === 'all')
    return sql`select * from agent_states where ${every([fits, agentId && sql`agent_id = ${agentId}`])}`
  const agentIds = scope.agentIds.filter((id) => agentId === undefined || id === agentId)
  return sql`select found.* from unnest(${agentIds}::uuid[]) as mine (id) cross join lateral (
    select * from agent_states where agent_id = mine.id and ${fits}
    order by since desc, id desc limit ${query.limit + 1}) as found`
}

const toStretch = (row: StretchRow): StateStretch => ({
  id: row.id,
  agentId: row.agent_id,
  state: row.state,
  reasonId: row.reason_id,
  present: row.present,
  since: row.since.toISOString(),
  until: row.until?.toISOString() ?? null,
  cause: row.cause,
  byAgentId: row.by_agent_id,
})
