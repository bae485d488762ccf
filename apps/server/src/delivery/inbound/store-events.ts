import { createHash } from 'node:crypto'
import type { RawEvent } from '@qiao/channels'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { forcedStorable, forcedStorableText } from '#platform/storable'
import type { WaitingCustomer } from '../topics.ts'

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

/**
 * Keeps what came, in the caller's transaction where jobs come with it; what is there already is left alone. Gives whose events are new: once
 * they are committed, `eventsWait` tells who works them off.
 */
export async function storeEvents(tx: Database, received: readonly Received[], now: Date): Promise<WaitingCustomer[]> {
  const jobs = received.flatMap(({ jobs: others = [] }) => others)
  // The same hint by two calls is one job; under one key there cannot be two in one statement.
  await addJobs(tx, [...new Map(jobs.map((job) => [job.key ?? job, job])).values()])
  const rows = received.flatMap(({ inboxId, events }) =>
    events.map((event) => ({
      inbox_id: inboxId,
      event_id: short(forcedStorableText(event.id)),
      order_key: short(forcedStorableText(event.orderKey)),
      position: Number.isFinite(event.position) ? event.position : 0,
      data: forcedStorable(event.data),
    })),
  )
  if (rows.length === 0) return []
  const stored = await sql<{ inbox_id: string; order_key: string }>`
    insert into channel_events (inbox_id, event_id, order_key, position, data, received_at)
    select inbox_id, event_id, order_key, position, data, ${now}
    from json_to_recordset(${JSON.stringify(rows)}) as event
      (inbox_id uuid, event_id text, order_key text, position double precision, data jsonb)
    on conflict (inbox_id, event_id) do nothing
    returning inbox_id, order_key`.execute(tx)
  const settles = new Map(received.map(({ inboxId, settleMs }) => [inboxId, settleMs]))
  const customers = stored.rows.map(({ inbox_id: inboxId, order_key: orderKey }) => ({
    inboxId,
    orderKey,
    settleMs: settles.get(inboxId) ?? 0,
  }))
  return [...new Map(customers.map((customer) => [`${customer.inboxId} ${customer.orderKey}`, customer])).values()]
}

/** For the status page; outside of what stores them, where all calls of an inbox would wait for one row. */
export async function noteReceived(db: Database, inboxIds: readonly string[], now: Date): Promise<void> {
  await sql`
    update channel_accounts set last_received_at = ${now}
    where inbox_id = any(${[...inboxIds]}::uuid[])
      and (last_received_at is null or last_received_at < ${new Date(now.getTime() - 1000)})`.execute(db)
}
