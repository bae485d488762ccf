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

/**
 * Keeps what came and asks for its processing, in the caller's transaction; what is there already is left alone. Gives
 * how many were new.
 */
export async function storeEvents(
  tx: Database,
  inboxId: string,
  events: readonly RawEvent[],
  { now, settleMs }: { now: Date; settleMs: number },
): Promise<number> {
  if (events.length === 0) return 0
  const rows = events.map((event) => ({
    event_id: short(forcedStorableText(event.id)),
    order_key: short(forcedStorableText(event.orderKey)),
    position: Number.isFinite(event.position) ? event.position : 0,
    data: forcedStorable(event.data),
  }))
  const stored = await sql<{ order_key: string }>`
    insert into channel_events (inbox_id, event_id, order_key, position, data, received_at)
    select ${inboxId}, event_id, order_key, position, data, ${now}
    from json_to_recordset(${JSON.stringify(rows)}) as event (event_id text, order_key text, position double precision, data jsonb)
    on conflict (inbox_id, event_id) do nothing
    returning order_key`.execute(tx)
  const keys = new Set(stored.rows.map((row) => row.order_key))
  const runAt = settleMs > 0 ? new Date(now.getTime() + settleMs) : undefined
  await addJobs(
    tx,
    [...keys].map((key) => processJob(inboxId, key, runAt)),
  )
  await sql`
    update channel_accounts set last_received_at = ${now}
    where inbox_id = ${inboxId} and (last_received_at is null or last_received_at < ${new Date(now.getTime() - 1000)})`.execute(
    tx,
  )
  return stored.rows.length
}
