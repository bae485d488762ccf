import type { Queue } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import { nextVersion } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { mustFit } from './queue-references.ts'
import { readQueue } from './queue-row.ts'
import { noteRoutingEvent } from './routing-event.ts'
import { uniquely } from './unique-name.ts'

export type QueueFields = Pick<Queue, 'name' | 'calendarId' | 'settings'>

const sameName = 'There is a queue of this name'

/** Throws `invalid-input` for what it names and is not there, `conflict` for a name that is taken. */
export async function createQueue(tx: Database, by: Actor, fields: QueueFields, now: Date): Promise<Queue> {
  await mustFit(tx, fields)
  const id = uuidv7()
  await uniquely(sameName, () =>
    tx
      .insertInto('queues')
      .values({ id, ...toColumns(fields), created_at: now })
      .execute(),
  )
  await recordAudit(tx, by, 'queue.created', { type: 'queue', id }, { name: fields.name }, now)
  await tell(tx, by, { id, ...fields }, 'created', now)
  return requireQueue(tx, id)
}

/** Throws `changed-meanwhile` if the queue is no longer the one that was edited. */
export async function updateQueue(
  tx: Database,
  by: Actor,
  id: string,
  { version, ...fields }: QueueFields & { version: number },
  now: Date,
): Promise<Queue> {
  const before = await requireQueue(tx, id)
  await mustFit(tx, fields, id)
  const { numUpdatedRows } = await uniquely(sameName, () =>
    tx
      .updateTable('queues')
      .set({ ...toColumns(fields), ...nextVersion(by, now) })
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .where('version', '=', version)
      .executeTakeFirst(),
  )
  if (numUpdatedRows === 0n) throw new AppError('changed-meanwhile')
  await recordAudit(tx, by, 'queue.changed', { type: 'queue', id }, describe(before, fields), now)
  await tell(tx, by, { id, ...fields }, 'changed', now)
  return requireQueue(tx, id)
}

export async function requireQueue(tx: Database, id: string): Promise<Queue> {
  const found = await readQueue(tx, id)
  if (!found) throw new AppError('not-found')
  return found
}

const toColumns = ({ name, calendarId, settings }: QueueFields) => ({
  name,
  calendar_id: calendarId,
  settings: sql<string>`${JSON.stringify(settings)}::jsonb`,
})

/** Of the settings the log keeps the names of those that changed: whole documents would drown it. */
function describe(before: Queue, { name, calendarId, settings }: QueueFields): Record<string, unknown> {
  const old: Record<string, unknown> = before.settings
  const changed = Object.entries(settings).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key]))
  return { name, calendarId, settings: changed.map(([key]) => key) }
}

const tell = (
  tx: Database,
  by: Actor,
  { id, name }: { id: string; name: string },
  change: 'created' | 'changed',
  now: Date,
): Promise<void> =>
  noteRoutingEvent(tx, 'queue.changed', { queueId: id, name, change, byAgentId: by?.agentId ?? null }, now)
