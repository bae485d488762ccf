import type { Team } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { AccessChange } from './access-change.ts'
import { refused } from './agent-rules.ts'
import { type Actor, recordAudit } from './audit.ts'
import { isDuplicate, readTeam } from './store.ts'

export interface TeamFields {
  name: string
  description?: string
  agentIds?: readonly string[]
}

export async function createTeam(tx: Database, by: Actor, fields: TeamFields, now: Date): Promise<Team> {
  const id = uuidv7()
  const { name, description = '', agentIds = [] } = fields
  await uniquely(() => tx.insertInto('teams').values({ id, name, description, created_at: now }).execute())
  await setMembers(tx, id, agentIds)
  await recordAudit(tx, by, 'team.created', { type: 'team', id }, { ...fields }, now)
  return readTeam(tx, id)
}

/** Replaces the team; gives what to announce after the commit: those who came and those who left see other inboxes. */
export async function updateTeam(
  tx: Database,
  by: Actor,
  id: string,
  fields: TeamFields,
  now: Date,
): Promise<{ team: Team; change: AccessChange }> {
  const { name, description = '', agentIds = [] } = fields
  const before = await readTeam(tx, id)
  await uniquely(() => tx.updateTable('teams').set({ name, description }).where('id', '=', id).execute())
  await tx.deleteFrom('team_members').where('team_id', '=', id).execute()
  await setMembers(tx, id, agentIds)
  await recordAudit(tx, by, 'team.changed', { type: 'team', id }, { ...fields }, now)
  const moved = [
    ...before.agentIds.filter((agentId) => !agentIds.includes(agentId)),
    ...agentIds.filter((agentId) => !before.agentIds.includes(agentId)),
  ]
  return { team: await readTeam(tx, id), change: { agentIds: moved, reason: 'teams' } }
}

export async function deleteTeam(tx: Database, by: Actor, id: string, now: Date): Promise<AccessChange> {
  const { name, agentIds } = await readTeam(tx, id)
  await tx.deleteFrom('teams').where('id', '=', id).execute()
  await recordAudit(tx, by, 'team.deleted', { type: 'team', id }, { name }, now)
  return { agentIds, reason: 'teams' }
}

async function setMembers(tx: Database, teamId: string, agentIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(agentIds)]
  if (wanted.length === 0) return
  const found = await tx.selectFrom('agents').select('id').where('id', 'in', wanted).forShare().execute()
  if (found.length < wanted.length) throw refused('agentIds', 'Names somebody who does not exist')
  await tx
    .insertInto('team_members')
    .values(wanted.map((agentId) => ({ team_id: teamId, agent_id: agentId })))
    .execute()
}

async function uniquely(write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    throw isDuplicate(error) ? new AppError('conflict', { detail: 'There is a team of this name' }) : error
  }
}
