import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { attemptDelivery, type Outcome } from './attempt-delivery.ts'
import { nextAttempt } from './retry-schedule.ts'
import { readSecrets } from './secrets.ts'
import { resumeJob, sendJob } from './send-job.ts'
import type { WebhookDeps } from './webhook-deps.ts'

interface Due {
  id: string
  body: string
  attempts: number
  give_up_at: Date
}

interface Tried {
  delivery: Due
  outcome: Outcome
}

/** Requests that one endpoint sees at once. */
const atOnce = 8
/** Then other jobs have their turn. */
const turnMs = 20_000
/** An endpoint that answers nothing at all is left alone this long, or a long queue would mean as many time-outs. */
const restMs = 30_000

/**
 * Sends everything that is due for a webhook. Deliveries are marked after their answer: when the process dies in
 * between, the request is sent again with the same `webhook-id`.
 */
export async function sendDeliveries(deps: WebhookDeps, webhookId: string): Promise<void> {
  const { db, sealer, clock } = deps
  const endsAt = performance.now() + turnMs
  for (;;) {
    const now = clock.now()
    const webhook = await db.selectFrom('webhooks').selectAll().where('id', '=', webhookId).executeTakeFirst()
    if (!webhook?.enabled) return
    if (webhook.paused_until && webhook.paused_until > now) {
      return addJobs(db, [resumeJob(webhookId, webhook.paused_until)])
    }
    const due = await readDue(db, webhookId, now)
    if (due.length === 0) return
    if (performance.now() > endsAt) return addJobs(db, [sendJob(webhookId)])
    const endpoint = { url: webhook.url, secrets: await readSecrets(db, sealer, webhookId, now) }
    const tried = await Promise.all(
      due.map(async (delivery) => ({
        delivery,
        outcome: await attemptDelivery(deps.fetch, endpoint, delivery, now),
      })),
    )
    await db.transaction().execute((tx) => record(tx, webhookId, tried, clock.now()))
  }
}

async function readDue(db: Database, webhookId: string, now: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select id, payload::text as body, attempts, give_up_at from webhook_deliveries
    where webhook_id = ${webhookId} and state = 'pending' and next_attempt_at <= ${now}
    order by next_attempt_at, id limit ${atOnce}`.execute(db)
  return rows
}

async function record(tx: Database, webhookId: string, tried: readonly Tried[], now: Date): Promise<void> {
  const rows = tried.map(({ delivery, outcome }) => toRow(delivery, outcome, now))
  await sql`
    update webhook_deliveries as delivery set state = tried.state, attempts = delivery.attempts + 1,
      last_status = tried.last_status, last_error = tried.last_error, last_response = tried.last_response,
      next_attempt_at = tried.next_attempt_at
    from json_to_recordset(${JSON.stringify(rows)}) as tried (id uuid, state text, last_status integer,
      last_error text, last_response text, next_attempt_at timestamptz)
    where delivery.id = tried.id and delivery.state = 'pending'`.execute(tx)
  const gone = tried.some(({ outcome }) => outcome.result === 'gone')
  const works = !gone && tried.some(({ outcome }) => outcome.result === 'delivered')
  const pausedUntil = pauseFor(tried, now)
  const kept = await tx
    .updateTable('webhooks')
    .set({
      paused_until: pausedUntil,
      failing_since: works ? null : sql`coalesce(failing_since, ${now})`,
      ...(gone ? { enabled: false } : {}),
    })
    .where('id', '=', webhookId)
    .returning('id')
    .executeTakeFirst()
  // Deleted while we asked it: a job for it would only find that out much later.
  if (!kept) return
  const retries = rows.flatMap((row): JobRequest[] =>
    row.next_attempt_at ? [sendJob(webhookId, row.next_attempt_at)] : [],
  )
  await addJobs(tx, [...retries, ...(pausedUntil ? [resumeJob(webhookId, pausedUntil)] : [])])
}

function toRow(delivery: Due, outcome: Outcome, now: Date) {
  const attempt = { attempts: delivery.attempts + 1, giveUpAt: delivery.give_up_at, retryAfterMs: outcome.retryAfterMs }
  const again = outcome.result === 'failed' ? nextAttempt(attempt, now) : null
  const state = outcome.result === 'delivered' ? 'delivered' : again ? 'pending' : 'failed'
  return {
    id: delivery.id,
    state,
    last_status: outcome.status,
    last_error: outcome.error,
    last_response: outcome.response,
    next_attempt_at: again,
  }
}

function pauseFor(tried: readonly Tried[], now: Date): Date | null {
  const asked = Math.max(...tried.map(({ outcome }) => outcome.retryAfterMs))
  const silent = tried.length > 1 && tried.every(({ outcome }) => outcome.status === null)
  const ms = Math.max(asked, silent ? restMs : 0)
  return ms > 0 ? new Date(now.getTime() + ms) : null
}
