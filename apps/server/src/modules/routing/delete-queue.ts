import type { Queue } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import type { ConversationDeps } from '#conversations'
import { nextVersion, replaceQueueInInboxes } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { withoutQueue } from './queue-references.ts'
import { readQueue, readQueues } from './queue-row.ts'
import { noteRoutingEvent } from './routing-event.ts'
import { requireQueue } from './save-queue.ts'

interface Deletion {
  id: string
  /** Where who waits goes on waiting. */
  moveTo?: string | undefined
}

/** Gives whether inboxes changed with it. Throws `queue-not-empty` while customers wait and nothing says where they go. */
export async function deleteQueue(deps: ConversationDeps, by: Actor, { id, moveTo }: Deletion): Promise<boolean> {
  const { db, clock } = deps
  const queue = await requireQueue(db, id)
  if (moveTo !== undefined && (moveTo === id || !(await readQueue(db, moveTo)))) throw new AppError('queue-not-found')
  let moved = 0
  // Customers keep coming in until the row is locked: whoever came in between is moved in the next round.
  for (let round = 0; round < mostRounds; round += 1) {
    const done = await db
      .transaction()
      .execute((tx) => deleteIfEmpty(tx, by, queue, { moveTo: moveTo ?? null, moved, now: clock.now() }))
    if (done.deleted) return done.inboxesChanged
    if (moveTo === undefined) break
    moved += await moveWaiting(deps, id, moveTo)
  }
  throw new AppError('queue-not-empty')
}

const mostRounds = 20

async function deleteIfEmpty(
  tx: Database,
  by: Actor,
  { id, name }: Queue,
  { moveTo, moved, now }: { moveTo: string | null; moved: number; now: Date },
): Promise<{ deleted: boolean; inboxesChanged: boolean }> {
  // A stay that is being written holds its queue's row until it is committed, and waits here for none after this.
  const row = await tx
    .selectFrom('queues')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not-found')
  if ((await waitingIn(tx, id, 1)).length > 0) return { deleted: false, inboxesChanged: false }
  await tx.updateTable('queues').set({ deleted_at: now, moved_to: moveTo }).where('id', '=', id).execute()
  for (const other of await readQueues(tx)) {
    const settings = JSON.stringify(withoutQueue(other.settings, id, other.id === moveTo ? null : moveTo))
    if (settings === JSON.stringify(other.settings)) continue
    await tx
      .updateTable('queues')
      .set({ settings: sql`${settings}::jsonb`, ...nextVersion(by, now) })
      .where('id', '=', other.id)
      .execute()
  }
  const inboxesChanged = await replaceQueueInInboxes(tx, by, id, moveTo, now)
  await recordAudit(tx, by, 'queue.deleted', { type: 'queue', id }, { name, moveTo, moved }, now)
  const told = { queueId: id, name, change: 'deleted', byAgentId: by?.agentId ?? null } as const
  await noteRoutingEvent(tx, 'queue.changed', told, now)
  return { deleted: true, inboxesChanged }
}

async function waitingIn(tx: Database, queueId: string, most: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('work_items')
    .select('conversation_id')
    .where('queue_id', '=', queueId)
    .where('purpose', '=', 'serve')
    .where('state', 'in', ['waiting', 'offered'])
    // Who waits longest arrives first in the other queue.
    .orderBy('created_at')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map((row) => row.conversation_id)
}

const movedAtOnce = 500

async function moveWaiting({ db, appender }: ConversationDeps, from: string, to: string): Promise<number> {
  const ids = await waitingIn(db, from, movedAtOnce)
  const results = await Promise.all(
    ids.map((conversationId) => {
      const itemId = uuidv7()
      return appender.append({
        conversationId,
        clientKey: `moved-${itemId}`,
        author: { type: 'system' },
        decide: ({ queue }) =>
          queue?.queueId === from
            ? [{ kind: 'conversation.queued', body: { itemId, queueId: to, channel: queue.channel, cause: 'moved' } }]
            : [],
      })
    }),
  )
  return results.filter(({ entries }) => entries.length > 0).length
}
