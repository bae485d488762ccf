import { createHash } from 'node:crypto'
import type { RawEvent } from '@qiao/channels'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { forcedStorable, forcedStorableText } from '#platform/storable'

export const processEventsJob = 'process-channel-events'

/** One after the other for each order key, whatever else the queue holds. */
export function processJob(inboxId: string, orderKey: string, runAt?: Date): JobRequest {
  const key = createHash('sha256').update(`${inboxId} ${orderKey}`).digest('base64url').slice(0, 32)
  return {
    name: processEventsJob,
    payload: { inboxId, orderKey },
    queue: `events:${key}`,
    ...(runAt ? { runAt } : {}),
  }
}

/** Names and keys that an index could not hold are replaced by their digest. */
const short = (text: string): string =>
  text.length <= 500 ? text : createHash('sha256').update(text).digest('base64url')

export interface Received {
  inboxId: string
  events: readonly RawEvent[]
  /** How long the processing waits for what comes just after. */
  settleMs: number
  /** What else is to be done once they are stored. */
  jobs?: readonly JobRequest[]
}

/** Keeps what came and asks for its processing, in the caller's transaction; what is there already is left alone. */
export async function storeEvents(tx: Database, received: readonly Received[], now: Date): Promise<void> {
  const settles = new Map(received.map(({ inboxId, settleMs }) => [inboxId, settleMs]))
  const jobs = received.flatMap(({ jobs: others = [] }) => others)
  const rows = received.flatMap(({ inboxId, events }) =>
    events.map((event) => ({
      inbox_id: inboxId,
      event_id: short(forcedStorableText(event.id)),
      order_key: short(forcedStorableText(event.orderKey)),
      position: Number.isFinite(event.position) ? event.position : 0,
      data: forcedStorable(event.data),
    })),
  )
  if (rows.length > 0) {
    const stored = await sql<{ inbox_id: string; order_key: string }>`
      insert into channel_events (inbox_id, event_id, order_key, position, data, received_at)
      select inbox_id, event_id, order_key, position, data, ${now}
      from json_to_recordset(${JSON.stringify(rows)}) as event
        (inbox_id uuid, event_id text, order_key text, position double precision, data jsonb)
      on conflict (inbox_id, event_id) do nothing
      returning inbox_id, order_key`.execute(tx)
    const customers = new Map(stored.rows.map((row) => [`${row.inbox_id} ${row.order_key}`, row]))
    for (const { inbox_id: inboxId, order_key: orderKey } of customers.values()) {
      const settleMs = settles.get(inboxId) ?? 0
      jobs.push(processJob(inboxId, orderKey, settleMs > 0 ? new Date(now.getTime() + settleMs) : undefined))
    }
  }
  // The same hint by two calls is one job; under one key there cannot be two in one statement.
  await addJobs(tx, [...new Map(jobs.map((job) => [job.key ?? job, job])).values()])
}

/** For the status page; outside of what stores them, where all calls of an inbox would wait for one row. */
export async function noteReceived(db: Database, inboxIds: readonly string[], now: Date): Promise<void> {
  await sql`
    update channel_accounts set last_received_at = ${now}
    where inbox_id = any(${[...inboxIds]}::uuid[])
      and (last_received_at is null or last_received_at < ${new Date(now.getTime() - 1000)})`.execute(db)
}
