import type { invitation, Role } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { hashToken, randomToken } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { Invitations } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { type Actor, recordAudit } from './audit.ts'
import { findAgentByEmail, mustBeTeams, toRole } from './store.ts'

export type Invitation = z.infer<typeof invitation>
export interface NewInvitation {
  email: string
  role: Role
  teamIds: readonly string[]
}

const validMilliseconds = 7 * 86_400_000

/**
 * Invites an address; a second invitation replaces the first. A disabled agent can be invited again, which is also the
 * way back for somebody who lost the second factor. Only the hash of the token is kept.
 */
export async function inviteAgent(
  tx: Database,
  by: NonNullable<Actor>,
  { email, role, teamIds }: NewInvitation,
  now: Date,
): Promise<{ invitation: Invitation; token: string }> {
  const known = await findAgentByEmail(tx, email)
  if (known && !known.disabled_at) throw new AppError('email-taken')
  await mustBeTeams(tx, teamIds)
  const token = randomToken()
  await tx.deleteFrom('invitations').where('email', '=', email).execute()
  const row = await tx
    .insertInto('invitations')
    .values({
      id: uuidv7(),
      email,
      role,
      team_ids: [...new Set(teamIds)],
      token_hash: hashToken(token),
      invited_by: by.agentId,
      created_at: now,
      expires_at: new Date(now.getTime() + validMilliseconds),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(tx, by, 'agent.invited', { type: 'invitation', id: row.id }, { email, role, teamIds }, now)
  return { invitation: toInvitation(row), token }
}

export async function listInvitations(db: Database, now: Date): Promise<Invitation[]> {
  const rows = await db
    .selectFrom('invitations')
    .selectAll()
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toInvitation)
}

export async function revokeInvitation(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const gone = await tx.deleteFrom('invitations').where('id', '=', id).returning('email').executeTakeFirst()
  if (!gone) throw new AppError('not-found')
  await recordAudit(tx, by, 'invitation.revoked', { type: 'invitation', id }, { email: gone.email }, now)
}

const toInvitation = (row: Selectable<Invitations>): Invitation => ({
  id: row.id,
  email: row.email,
  role: toRole(row.role),
  teamIds: row.team_ids,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
})
