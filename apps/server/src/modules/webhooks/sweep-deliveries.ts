import { sql } from 'kysely'
import type { WebhookDeps } from './webhook-deps.ts'

const keptDays = 30
const rowsAtOnce = 5_000

/** Deliveries that waited for a webhook that stayed off are given up; old ones and expired secrets go. */
export async function sweepDeliveries({ db, clock }: WebhookDeps): Promise<void> {
  const now = clock.now()
  await sql`
    update webhook_deliveries as delivery set state = 'failed', next_attempt_at = null,
      last_error = coalesce(last_error, 'The webhook was switched off')
    from webhooks where webhooks.id = delivery.webhook_id and not webhooks.enabled
      and delivery.state = 'pending' and delivery.give_up_at < ${now}`.execute(db)
  await db.deleteFrom('webhook_secrets').where('expires_at', '<', now).execute()
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from webhook_deliveries where id in
        (select id from webhook_deliveries where created_at < ${before} limit ${rowsAtOnce})`.execute(db)
    if (Number(numAffectedRows ?? 0) < rowsAtOnce) return
  }
}
