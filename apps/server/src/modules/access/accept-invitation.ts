import type { Selectable } from 'kysely'
import { hashToken } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { Invitations } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { recordAudit } from './audit.ts'
import { createAgent, setPassword } from './create-agent.ts'
import { findAgentByEmail, setTeamsOfAgent, toRole } from './store.ts'

/** Throws `invitation-invalid` for a token that is unknown, used, taken back or older than seven days. */
export async function readInvitation(db: Database, token: string, now: Date): Promise<Selectable<Invitations>> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .executeTakeFirst()
  if (!row) throw new AppError('invitation-invalid')
  return row
}

/** Makes the agent, or brings a disabled one back with a new password and without the old second factor. */
export async function acceptInvitation(
  tx: Database,
  accepted: { token: string; name: string; password: string },
  now: Date,
): Promise<{ id: string }> {
  const { id, email, role, team_ids } = await readInvitation(tx, accepted.token, now)
  // Whoever deletes the row has it: of two that accept at once the second finds nothing to delete.
  const taken = await tx.deleteFrom('invitations').where('id', '=', id).returning('id').executeTakeFirst()
  if (!taken) throw new AppError('invitation-invalid')
  const teamIds = await thoseThatExist(tx, team_ids)
  const { name, password } = accepted
  const known = await findAgentByEmail(tx, email)
  const agent = known
    ? await bringBack(tx, known.id, { name, password, role, teamIds }, now)
    : await createAgent(tx, { name, password, email, role: toRole(role), teamIds }, now)
  await recordAudit(tx, { agentId: agent.id }, 'invitation.accepted', { type: 'invitation', id }, { email, role }, now)
  return agent
}

async function bringBack(
  tx: Database,
  id: string,
  { name, password, role, teamIds }: { name: string; password: string; role: string; teamIds: string[] },
  now: Date,
): Promise<{ id: string }> {
  const { numUpdatedRows } = await tx
    .updateTable('agents')
    .set({ name, role, disabled_at: null, two_factor_enabled: false, updated_at: now })
    .where('id', '=', id)
    .where('disabled_at', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('email-taken')
  await tx.deleteFrom('auth_two_factors').where('user_id', '=', id).execute()
  await tx.deleteFrom('auth_sessions').where('user_id', '=', id).execute()
  await setPassword(tx, id, password, now)
  await setTeamsOfAgent(tx, id, teamIds)
  return { id }
}

async function thoseThatExist(tx: Database, teamIds: readonly string[]): Promise<string[]> {
  if (teamIds.length === 0) return []
  const rows = await tx.selectFrom('teams').select('id').where('id', 'in', teamIds).forShare().execute()
  return rows.map((row) => row.id)
}
