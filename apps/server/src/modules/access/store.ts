import { type Agent, role as roleSchema, type Role, type Team } from '@qiao/protocol'
import { sql, type Selectable } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { Agents } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'

export const toRole = (stored: string): Role => roleSchema.parse(stored)
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** `inbox_teams` belongs to the inboxes module above; access only reads it, because sight follows from it. */
const inboxIdsOfAgent = sql<string[]>`array(
  select distinct inbox_id from inbox_teams join team_members using (team_id) where agent_id = agents.id order by 1)`
const teamIdsOfAgent = sql<string[]>`array(select team_id from team_members where agent_id = agents.id order by 1)`

const agentsWithTeams = (db: Database) =>
  db.selectFrom('agents').selectAll().select(teamIdsOfAgent.as('team_ids')).select(inboxIdsOfAgent.as('inbox_ids'))

export type AgentRow = Selectable<Agents> & { team_ids: string[]; inbox_ids: string[] }

export const toAgent = (row: AgentRow): Agent => ({
  id: row.id,
  name: row.name,
  publicName: row.public_name,
  email: row.email,
  role: toRole(row.role),
  avatarUrl: row.avatar_url,
  teamIds: row.team_ids,
  twoFactorEnabled: row.two_factor_enabled,
  disabledAt: iso(row.disabled_at),
  lastSeenAt: iso(row.last_seen_at),
})

export const readAgents = (db: Database): Promise<AgentRow[]> =>
  agentsWithTeams(db).orderBy('name').orderBy('id').execute()

export async function readAgent(db: Database, id: string): Promise<AgentRow> {
  const row = await agentsWithTeams(db).where('id', '=', id).executeTakeFirst()
  if (!row) throw new AppError('not-found')
  return row
}

export const findAgentByEmail = (db: Database, email: string): Promise<Selectable<Agents> | undefined> =>
  db.selectFrom('agents').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst()

/** Locks all administrators, in one order, so that two of them cannot remove each other at once. */
export async function lockAdmins(tx: Database): Promise<{ id: string; role: Role; disabled: boolean }[]> {
  const rows = await tx
    .selectFrom('agents')
    .select(['id', 'role', 'disabled_at'])
    .where('role', '=', 'admin')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => ({ id: row.id, role: toRole(row.role), disabled: row.disabled_at !== null }))
}

export async function setTeamsOfAgent(tx: Database, agentId: string, teamIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('team_members').where('agent_id', '=', agentId).execute()
  if (teamIds.length === 0) return
  await mustBeTeams(tx, teamIds)
  const rows = [...new Set(teamIds)].map((teamId) => ({ team_id: teamId, agent_id: agentId }))
  await tx.insertInto('team_members').values(rows).execute()
}

export async function mustBeTeams(tx: Database, teamIds: readonly string[]): Promise<void> {
  if (teamIds.length === 0) return
  const wanted = [...new Set(teamIds)]
  const found = await tx.selectFrom('teams').select('id').where('id', 'in', wanted).forShare().execute()
  if (found.length < wanted.length) throw new AppError('team-not-found')
}

const teamsWithLinks = (db: Database) =>
  db
    .selectFrom('teams')
    .select(['id', 'name', 'description'])
    .select(sql<string[]>`array(select agent_id from team_members where team_id = teams.id order by 1)`.as('agentIds'))
    .select(sql<string[]>`array(select inbox_id from inbox_teams where team_id = teams.id order by 1)`.as('inboxIds'))

export const readTeams = (db: Database): Promise<Team[]> => teamsWithLinks(db).orderBy('name').orderBy('id').execute()

export async function readTeam(db: Database, id: string): Promise<Team> {
  const team = await teamsWithLinks(db).where('id', '=', id).executeTakeFirst()
  if (!team) throw new AppError('not-found')
  return team
}

/** SQLSTATE of a broken unique constraint: somebody was quicker. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505'
