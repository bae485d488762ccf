import { measure, measureLeaving, nothingMeasured, type QueueMeasured } from '@qiao/routing'
import type { Queryable } from './work-item-row.ts'

/** The newest of each queue count; older ones would tell of another day. */
const newest = 500

/** What has truly been measured of each queue: how long work is held, how long people wait and how many give up. */
export async function readMeasured(client: Queryable, now: Date): Promise<Map<string, QueueMeasured>> {
  const { rows } = await client.query<{
    queue_id: string
    hold_seconds: number | null
    wait_seconds: number
    gave_up: boolean
  }>(
    `select queue.id as queue_id, stay.* from queues as queue cross join lateral (
       select extract(epoch from coalesce(wrapped_at, ended_at) - accepted_at)::float8 as hold_seconds,
         extract(epoch from left_queue_at - entered_at)::float8 as wait_seconds,
         queue_outcome in ('abandoned', 'left') as gave_up
       from work_items where queue_id = queue.id and state = 'ended' and entered_at > $1
       order by entered_at desc limit ${newest}) as stay
     where queue.deleted_at is null`,
    [new Date(now.getTime() - 14 * 86_400_000)],
  )
  const measured = new Map<string, QueueMeasured>()
  // They came newest first; the newest counts most.
  for (const row of rows.toReversed()) {
    const known = measured.get(row.queue_id) ?? nothingMeasured
    measured.set(row.queue_id, {
      hold: row.hold_seconds === null ? known.hold : measure(known.hold, row.hold_seconds),
      leaving: measureLeaving(known.leaving, { seconds: row.wait_seconds, gaveUp: row.gave_up }),
    })
  }
  return measured
}
