import type { signedInDevice } from '@qiao/protocol'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { type Actor, recordAudit } from './audit.ts'

/** Where an agent is signed in, the one used last first. `currentId` is the session that asks. */
export async function listDevices(
  db: Database,
  agentId: string,
  currentId: string | null,
  now: Date,
): Promise<z.infer<typeof signedInDevice>[]> {
  const rows = await db
    .selectFrom('auth_sessions')
    .selectAll()
    .where('user_id', '=', agentId)
    .where('expires_at', '>', now)
    .orderBy('updated_at', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    current: row.id === currentId,
    createdAt: row.created_at.toISOString(),
    lastActiveAt: row.updated_at.toISOString(),
    userAgent: row.user_agent,
    ipAddress: row.ip_address,
  }))
}

export async function revokeDevice(tx: Database, by: NonNullable<Actor>, id: string, now: Date): Promise<void> {
  if (!z.uuid().safeParse(id).success) throw new AppError('not-found')
  const gone = await tx
    .deleteFrom('auth_sessions')
    .where('id', '=', id)
    .where('user_id', '=', by.agentId)
    .returning('user_agent')
    .executeTakeFirst()
  if (!gone) throw new AppError('not-found')
  await recordAudit(tx, by, 'device.revoked', { type: 'session', id }, { userAgent: gone.user_agent }, now)
}
