import type { RoutingEvent } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { feedSource } from '#platform/feed/feed-source'

interface EventRow {
  id: string
  at: Date
  kind: RoutingEvent['kind']
  body: RoutingEvent['body']
}

/** Everything that happened to agents, offers and queues. */
export const routingEventFeed = feedSource<EventRow, RoutingEvent>({
  table: 'routing_events',
  columns: 'id, at, kind, body',
  order: ['id', '0::int'],
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kind and body were written as a pair
  toItem: ({ id, at, kind, body }) => ({ id, at: at.toISOString(), kind, body }) as RoutingEvent,
})

const keptDays = 7
const rowsAtOnce = 10_000

/** What this reader has taken is of no use any more; the days are for whoever looks into a fault. */
export async function sweepRoutingEvents(db: Database, reader: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000)
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from routing_events where id in (
        select id from routing_events where at < ${before}
          and transaction_id < (select transaction_id from feed_cursors where name = ${reader}) limit ${rowsAtOnce})`.execute(
      db,
    )
    if (Number(numAffectedRows ?? 0) < rowsAtOnce) return
  }
}
