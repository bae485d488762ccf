import type { Database } from '#platform/database/connect'

const daySeconds = 86_400

/** Removes what can no longer be used: old sessions, proofs, invitations and counters. A daily job. */
export async function purgeExpiredAccess(db: Database, now: Date): Promise<void> {
  const yesterday = new Date(now.getTime() - daySeconds * 1000)
  await db.deleteFrom('auth_sessions').where('expires_at', '<', yesterday).execute()
  await db.deleteFrom('auth_verifications').where('expires_at', '<', yesterday).execute()
  await db.deleteFrom('invitations').where('expires_at', '<', yesterday).execute()
  await db.deleteFrom('attempts').where('started_at', '<', yesterday).execute()
}
