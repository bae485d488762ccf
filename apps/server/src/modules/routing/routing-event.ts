import { uuidv7 } from 'uuidv7'
import type { Queryable } from './work-item-row.ts'

/** Adds to the feed of what happens to agents, offers and queues, in the transaction in which it does. */
export async function noteRoutingEvent(client: Queryable, kind: string, body: object, at: Date): Promise<void> {
  await client.query('insert into routing_events (id, at, kind, body) values ($1, $2, $3, $4)', [
    uuidv7(),
    at,
    kind,
    JSON.stringify(body),
  ])
}
