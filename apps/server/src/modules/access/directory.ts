import type { PublicAgent } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { readPreferences } from './agent-rules.ts'
import { readAgent, toRole } from './store.ts'

/** What an agent may see, for judging whether work can be handed to them; null for one who cannot sign in. */
export async function readAgentSight(db: Database, agentId: string): Promise<AgentPrincipal | null> {
  const row = await readAgent(db, agentId).catch(() => null)
  if (!row || row.disabled_at) return null
  const role = toRole(row.role)
  return {
    type: 'agent',
    agentId: row.id,
    role,
    teamIds: row.team_ids,
    inboxIds: role === 'admin' ? 'all' : row.inbox_ids,
    via: 'browser',
  }
}

/** What an agent wants below their letters, as they wrote it. */
export async function readOwnSignature(db: Database, agentId: string): Promise<string> {
  const row = await db.selectFrom('agents').select('preferences').where('id', '=', agentId).executeTakeFirst()
  return row ? readPreferences(row.preferences).signature : ''
}

/** Names and faces as customers may see them. */
export async function readPublicAgents(db: Database, ids: readonly string[]): Promise<PublicAgent[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('agents')
    .select(['id', 'name', 'public_name', 'avatar_url', 'number'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.public_name ?? row.name,
    avatarUrl: row.avatar_url,
    number: row.number,
  }))
}
