import type { QueueOutcome } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { noteIdle } from './agent-work.ts'
import { endOffersOf } from './end-offers.ts'
import { readQueueIn } from './queue-row.ts'
import type { Queryable, WorkItemRow } from './work-item-row.ts'

/** Ends a stay: who waited leaves the queue with this outcome, what was held is let go without a wrap-up. */
export async function endStay(client: Queryable, item: WorkItemRow, outcome: QueueOutcome, now: Date): Promise<void> {
  if (item.state === 'offered') await endOffersOf(client, item.id, null, now)
  await Promise.all([
    client.query({
      name: 'end-stay',
      text: `update work_items set state = 'ended', ended_at = greatest($2, entered_at),
       left_queue_at = coalesce(left_queue_at, greatest($2, entered_at)),
       queue_outcome = coalesce(queue_outcome, $3) where id = $1`,
      values: [item.id, now, outcome],
    }),
    item.agent_id ? noteIdle(client, item.agent_id, now) : null,
  ])
}

/**
 * Ends the work with a customer. As the queue wants it, the agent has some time for what comes after: *optional* takes no
 * room and ends by itself, *timed* takes room until its end, *mandatory* until the agent says so.
 */
export async function endService(client: Queryable, item: WorkItemRow, now: Date): Promise<void> {
  const queue = item.queue_id ? await readQueueIn(client, item.queue_id) : null
  const { mode = 'off', seconds = 0 } = queue?.settings.wrapUp ?? {}
  if (mode === 'off' || !item.agent_id) return endStay(client, item, 'answered', now)
  await client.query(
    `update work_items set state = 'wrap-up', ended_at = greatest($2, entered_at), wrap_until = $3, silent_since = $4
     where id = $1`,
    [
      item.id,
      now,
      mode === 'mandatory' ? null : new Date(now.getTime() + seconds * 1000),
      mode === 'optional' ? now : null,
    ],
  )
}

/** Throws `wrap-up-over` when somebody was quicker: then there is no second entry of it either. */
export async function endWrapUp(
  client: Queryable,
  { itemId, dispositionId, note }: { itemId: string; dispositionId: string | null; note: string | null },
  now: Date,
): Promise<void> {
  const { rows } = await client.query<{ agent_id: string }>(
    `update work_items set state = 'ended', wrapped_at = greatest($2, ended_at), disposition_id = $3, wrap_note = $4
     where id = $1 and state = 'wrap-up' returning agent_id`,
    [itemId, now, dispositionId, note],
  )
  const [row] = rows
  if (!row) throw new AppError('wrap-up-over')
  await noteIdle(client, row.agent_id, now)
}

/** For what ends wrap-ups by itself: the agent may have been quicker, and all is well. */
export async function unlessWrapUpOver(appending: Promise<unknown>): Promise<void> {
  try {
    await appending
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'wrap-up-over') throw error
  }
}
