import type { webhookDelivery } from '@qiao/protocol'
import { sql } from 'kysely'
import type { z } from 'zod'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import { AppError } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import { triesForMs } from './retry-schedule.ts'
import { sendJob } from './send-job.ts'
import type { WebhookDeps } from './webhook-deps.ts'

type Delivery = z.output<typeof webhookDelivery>

interface DeliveryRow {
  id: string
  event: string
  state: Delivery['state']
  attempts: number
  last_status: number | null
  last_error: string | null
  last_response: string | null
  next_attempt_at: Date | null
  created_at: Date
  payload: unknown
}

const columns =
  'id, event, state, attempts, last_status, last_error, last_response, next_attempt_at, created_at, payload'

const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  event: row.event,
  state: row.state,
  attempts: row.attempts,
  lastStatus: row.last_status,
  lastError: row.last_error,
  lastResponse: row.last_response,
  nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  payload: row.payload,
})

export async function listDeliveries(
  { db }: WebhookDeps,
  webhookId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  if (!(await db.selectFrom('webhooks').select('id').where('id', '=', webhookId).executeTakeFirst())) {
    throw new AppError('not-found')
  }
  const before = decodeCursor(query.cursor, 1)?.[0] ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  const { rows } = await sql<DeliveryRow>`
    select ${sql.raw(columns)} from webhook_deliveries where webhook_id = ${webhookId} and id < ${before}
    order by id desc limit ${query.limit + 1}`.execute(db)
  const items = rows.slice(0, query.limit).map(toDelivery)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null }
}

/** Sends again what was delivered or given up, with the same `webhook-id`, for as long as a new one. */
export async function resendDelivery(deps: WebhookDeps, webhookId: string, deliveryId: string): Promise<Delivery> {
  const now = deps.clock.now()
  return deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<DeliveryRow>`
      update webhook_deliveries set state = 'pending', attempts = 0, next_attempt_at = ${now},
        give_up_at = ${new Date(now.getTime() + triesForMs)}
      where webhook_id = ${webhookId} and id = ${deliveryId} returning ${sql.raw(columns)}`.execute(tx)
    const [row] = rows
    if (!row) throw new AppError('not-found')
    await addJobs(tx, [sendJob(webhookId)])
    return toDelivery(row)
  })
}
