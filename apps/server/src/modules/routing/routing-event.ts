import type { RoutingEventBody, RoutingEventKind } from '@qiao/protocol'
import { sql } from 'kysely'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'

/** Commands write with Kysely; what follows appends has the client of their transaction. */
type Writer = Database | Pick<pg.ClientBase, 'query'>

export type NewRoutingEvent = {
  [Kind in RoutingEventKind]: { kind: Kind; body: RoutingEventBody<Kind>; at: Date }
}[RoutingEventKind]

const insert = 'insert into routing_events (id, at, kind, body) select id, at, kind, body from json_to_recordset('
const columns = ') as event (id uuid, at timestamptz, kind text, body jsonb)'

/** Writes down what webhooks and others are told, in the transaction in which it happens. */
export async function noteRoutingEvents(tx: Writer, events: readonly NewRoutingEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = JSON.stringify(events.map((event) => ({ id: uuidv7(), ...event })))
  if ('query' in tx) await tx.query({ name: 'note-routing-events', text: `${insert}$1${columns}`, values: [rows] })
  else await sql`${sql.raw(insert)}${rows}${sql.raw(columns)}`.execute(tx)
}

export const noteRoutingEvent = <Kind extends RoutingEventKind>(
  tx: Writer,
  kind: Kind,
  body: RoutingEventBody<Kind>,
  at: Date,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kind and body come as a pair
): Promise<void> => noteRoutingEvents(tx, [{ kind, body, at } as NewRoutingEvent])
