import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { WebhookSecrets } from '#platform/database/schema.gen'
import { newSecret } from '#platform/webhook-signature'

/** So long both secrets sign after a rotation. */
const bothSignMs = 24 * 3_600_000

const purpose = (webhookId: string): string => `webhook-secret:${webhookId}`

/** Makes a new secret the newest; older ones sign for a day more. */
export async function rotateSecret(tx: Database, sealer: Sealer, webhookId: string, now: Date): Promise<string> {
  const secret = newSecret()
  await tx
    .updateTable('webhook_secrets')
    .set({ expires_at: new Date(now.getTime() + bothSignMs) })
    .where('webhook_id', '=', webhookId)
    .where('expires_at', 'is', null)
    .execute()
  await tx
    .insertInto('webhook_secrets')
    .values({ id: uuidv7(), webhook_id: webhookId, value: sealer.seal(secret, purpose(webhookId)), created_at: now })
    .execute()
  return secret
}

/** Newest first, because some receivers look at the first signature only. */
export async function readSecrets(db: Database, sealer: Sealer, webhookId: string, now: Date): Promise<string[]> {
  const rows: Selectable<WebhookSecrets>[] = await db
    .selectFrom('webhook_secrets')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => sealer.open(row.value, purpose(webhookId)))
}
