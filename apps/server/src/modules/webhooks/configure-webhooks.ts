import { type webhook as webhookSchema, webhookEvent } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { type Actor, recordAudit } from '#access'
import type { Webhooks } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { addJobs, dropQueue } from '#platform/jobs/jobs'
import { rotateSecret } from './secrets.ts'
import { queueOf, sendJob } from './send-job.ts'
import type { WebhookDeps } from './webhook-deps.ts'

type Webhook = z.output<typeof webhookSchema>
export type WebhookFields = Pick<Webhook, 'url' | 'description' | 'events' | 'enabled'>

const toWebhook = (row: Selectable<Webhooks>): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: z.array(webhookEvent).parse(row.events),
  enabled: row.enabled,
  createdAt: row.created_at.toISOString(),
  failingSince: row.failing_since?.toISOString() ?? null,
})

const target = (id: string) => ({ type: 'webhook', id })

export async function listWebhooks({ db }: WebhookDeps): Promise<Webhook[]> {
  return (await db.selectFrom('webhooks').selectAll().orderBy('id').execute()).map(toWebhook)
}

export async function createWebhook(deps: WebhookDeps, fields: WebhookFields, by: Actor) {
  await deps.fetch.check(fields.url)
  const now = deps.clock.now()
  return deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto('webhooks')
      .values({ id: uuidv7(), ...fields, created_at: now })
      .returningAll()
      .executeTakeFirstOrThrow()
    const secret = await rotateSecret(tx, deps.sealer, row.id, now)
    await recordAudit(tx, by, 'webhook.created', target(row.id), { url: row.url, events: row.events }, now)
    return { webhook: toWebhook(row), secret }
  })
}

export async function updateWebhook(deps: WebhookDeps, id: string, fields: WebhookFields, by: Actor): Promise<Webhook> {
  await deps.fetch.check(fields.url)
  const now = deps.clock.now()
  const webhook = await deps.db.transaction().execute(async (tx) => {
    // Whatever was wrong with it, somebody has looked at it now.
    const row = await tx
      .updateTable('webhooks')
      .set({ ...fields, paused_until: null })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new AppError('not-found')
    const details = { url: row.url, events: row.events, enabled: row.enabled }
    await recordAudit(tx, by, 'webhook.changed', target(id), details, now)
    return toWebhook(row)
  })
  // What waited while it was off; without this it would wait for the next event.
  if (webhook.enabled) await addJobs(deps.db, [sendJob(id)])
  return webhook
}

export async function deleteWebhook({ db, clock }: WebhookDeps, id: string, by: Actor): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx.deleteFrom('webhooks').where('id', '=', id).returning('url').executeTakeFirst()
    if (!row) throw new AppError('not-found')
    await dropQueue(tx, queueOf(id))
    await recordAudit(tx, by, 'webhook.deleted', target(id), { url: row.url }, clock.now())
  })
}

export async function rotateWebhookSecret(deps: WebhookDeps, id: string, by: Actor): Promise<string> {
  const now = deps.clock.now()
  return deps.db.transaction().execute(async (tx) => {
    const row = await tx.selectFrom('webhooks').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw new AppError('not-found')
    await recordAudit(tx, by, 'webhook.secret-rotated', target(id), {}, now)
    return rotateSecret(tx, deps.sealer, id, now)
  })
}
