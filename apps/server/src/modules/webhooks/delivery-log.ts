import type { webhookDelivery } from '@qiao/protocol'
import type pg from 'pg'
import type { z } from 'zod'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import { inTransaction } from '#platform/database/transaction'
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
  { db, pool }: WebhookDeps,
  webhookId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  if (!(await db.selectFrom('webhooks').select('id').where('id', '=', webhookId).executeTakeFirst())) {
    throw new AppError('not-found')
  }
  const before = decodeCursor(query.cursor, 1)?.[0] ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  const { rows } = await pool.query<DeliveryRow>(
    `select ${columns} from webhook_deliveries where webhook_id = $1 and id < $2 order by id desc limit $3`,
    [webhookId, before, query.limit + 1],
  )
  const items = rows.slice(0, query.limit).map(toDelivery)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null }
}

/** Sends again what was delivered or given up, with the same `webhook-id`, for as long as a new one. */
export async function resendDelivery(deps: WebhookDeps, webhookId: string, deliveryId: string): Promise<Delivery> {
  const now = deps.clock.now()
  return inTransaction(deps.pool, async (client: pg.PoolClient) => {
    const { rows } = await client.query<DeliveryRow>(
      `update webhook_deliveries set state = 'pending', attempts = 0, next_attempt_at = $3, give_up_at = $4
       where webhook_id = $1 and id = $2 returning ${columns}`,
      [webhookId, deliveryId, now, new Date(now.getTime() + triesForMs)],
    )
    const [row] = rows
    if (!row) throw new AppError('not-found')
    await addJobs(client, [sendJob(webhookId)])
    return toDelivery(row)
  })
}
