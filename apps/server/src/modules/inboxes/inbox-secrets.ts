import type { inboxSecret } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { type Actor, recordAudit } from '#access'
import { randomToken, type Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { InboxSecrets } from '#platform/database/schema.gen'
import { requireInbox } from './store.ts'

export type InboxSecret = z.infer<typeof inboxSecret>

const secretPrefix = 'qis_'
const shownCharacters = secretPrefix.length + 6
const hourMs = 3_600_000
const purposeOf = (id: string): string => `inbox secret ${id}`

/** The secrets that sign visitors' identities today, readable; the newest first. */
export async function openIdentitySecrets(db: Database, sealer: Sealer, inboxId: string, now: Date): Promise<string[]> {
  const rows = await valid(db, inboxId, now)
  return rows.map((row) => sealer.open(row.value, purposeOf(row.id)))
}

export async function listInboxSecrets(db: Database, inboxId: string, now: Date): Promise<InboxSecret[]> {
  await requireInbox(db, inboxId)
  return (await valid(db, inboxId, now)).map(toSecret)
}

/** Makes a new secret, which is given back this once; the older ones end after `keepOldHours`, those ending sooner then. */
export async function rotateInboxSecret(
  tx: Database,
  sealer: Sealer,
  by: Actor,
  { inboxId, keepOldHours }: { inboxId: string; keepOldHours: number },
  now: Date,
): Promise<InboxSecret & { secret: string }> {
  await requireInbox(tx, inboxId)
  const end = new Date(now.getTime() + keepOldHours * hourMs)
  await tx
    .updateTable('inbox_secrets')
    .set({ expires_at: end })
    .where('inbox_id', '=', inboxId)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', end)]))
    .execute()
  await tx.deleteFrom('inbox_secrets').where('inbox_id', '=', inboxId).where('expires_at', '<=', now).execute()
  const id = uuidv7()
  const secret = `${secretPrefix}${randomToken()}`
  const row = await tx
    .insertInto('inbox_secrets')
    .values({
      id,
      inbox_id: inboxId,
      prefix: secret.slice(0, shownCharacters),
      value: sealer.seal(secret, purposeOf(id)),
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordAudit(
    tx,
    by,
    'inbox.secret-made',
    { type: 'inbox', id: inboxId },
    { prefix: row.prefix, keepOldHours },
    now,
  )
  return { ...toSecret(row), secret }
}

const valid = (db: Database, inboxId: string, now: Date): Promise<Selectable<InboxSecrets>[]> =>
  db
    .selectFrom('inbox_secrets')
    .selectAll()
    .where('inbox_id', '=', inboxId)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

const toSecret = (row: Selectable<InboxSecrets>): InboxSecret => ({
  id: row.id,
  prefix: row.prefix,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
})
