import { type Queue, queueSettings } from '@qiao/protocol'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { Queues } from '#platform/database/schema.gen'
import type { Queryable } from './work-item-row.ts'

export const toQueue = (row: Selectable<Queues>): Queue => ({
  id: row.id,
  name: row.name,
  calendarId: row.calendar_id,
  // What is stored may be older than the schema.
  settings: queueSettings.safeParse(row.settings).data ?? queueSettings.parse({}),
  pausedAt: row.paused_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  version: row.version,
  changedAt: row.changed_at?.toISOString() ?? null,
  changedBy: row.changed_by,
})

/** Null for one that is not there or was deleted. */
export async function readQueue(tx: Database, id: string): Promise<Queue | null> {
  const row = await tx
    .selectFrom('queues')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row ? toQueue(row) : null
}

export async function readQueues(tx: Database): Promise<Queue[]> {
  const rows = await tx.selectFrom('queues').selectAll().where('deleted_at', 'is', null).orderBy('name').execute()
  return rows.map(toQueue)
}

/** As a subquery: the queue that stands for the one of this column now; null when it went and left nothing in its place. */
export const currentQueue = (column: string): RawBuilder<string | null> => sql<string | null>`(
  with recursive line as (
    select id, moved_to, deleted_at from queues where id = ${sql.ref(column)}
    union select next.id, next.moved_to, next.deleted_at from line join queues as next on next.id = line.moved_to
    where line.deleted_at is not null
  ) select id from line where deleted_at is null)`

/** In the transaction at hand, whatever became of the queue: a stay in a deleted one still follows its rules. */
export async function readQueueIn(client: Queryable, id: string): Promise<Queue | null> {
  const { rows } = await client.query<Selectable<Queues>>({
    name: 'read-queue',
    text: 'select * from queues where id = $1',
    values: [id],
  })
  return rows[0] ? toQueue(rows[0]) : null
}

/** The same of one that takes people in, kept from being deleted until this transaction ends: it waits for them. */
export async function holdQueueIn(client: Queryable, id: string): Promise<Queue | null> {
  const { rows } = await client.query<Selectable<Queues>>(
    'select * from queues where id = $1 and deleted_at is null for key share',
    [id],
  )
  return rows[0] ? toQueue(rows[0]) : null
}
