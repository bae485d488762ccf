import { type Queue, queueSettings } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { Queues } from '#platform/database/schema.gen'

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
