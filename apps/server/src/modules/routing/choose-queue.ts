import { type Hours, isOpen, leftMessage, type OverflowAction, type Queue } from '@qiao/protocol'
import { toQueue } from './queue-row.ts'
import type { Queryable } from './work-item-row.ts'

/** Where somebody who wants a person goes: into a queue as this kind of work, or nowhere, with the reason. */
export type Destination =
  | { to: 'queue'; queue: Queue; channel: string; overflowed: boolean }
  | { to: 'bot' | 'closed'; queue: Queue; reason: 'full' | 'closed' | 'long' }

/** A queue whose hours and length are known. */
export interface QueueNow {
  queue: Queue
  open: boolean
  waiting: number
}

const mostHops = 5

/**
 * Follows the overflow chain from the queue that was meant. Pure: `look` gives what is known of a queue, null for one
 * that is not there. A chain that leads in a circle ends where it began: somebody waits rather than being lost.
 */
export async function chooseQueue(
  queueId: string,
  channel: string,
  look: (queueId: string) => Promise<QueueNow | null>,
): Promise<Destination | null> {
  const seen = new Set<string>()
  const first = await look(queueId)
  if (!first) return null
  let current = first
  // Words left for later wait through nights and full queues.
  if (channel === leftMessage) return { to: 'queue', queue: current.queue, channel, overflowed: false }
  for (let hop = 0; hop < mostHops && !seen.has(current.queue.id); hop += 1) {
    seen.add(current.queue.id)
    const { overflow, limits } = current.queue.settings
    const full = limits.length !== null && current.waiting >= limits.length
    const reason = !current.open ? 'closed' : full ? 'full' : null
    const overflowed = hop > 0
    if (!reason) return { to: 'queue', queue: current.queue, channel, overflowed }
    const action: OverflowAction = reason === 'closed' ? overflow.whenClosed : overflow.whenFull
    switch (action.to) {
      case 'wait':
        return { to: 'queue', queue: current.queue, channel, overflowed }
      case 'message':
      case 'callback':
        // Nobody has said yet where to call back: until they do, it is a message that waits for its turn.
        return { to: 'queue', queue: current.queue, channel: leftMessage, overflowed }
      case 'bot':
      case 'closed':
        return { to: action.to, queue: current.queue, reason }
      case 'queue': {
        const next = await look(action.queueId)
        if (!next) return { to: 'queue', queue: current.queue, channel, overflowed }
        current = next
        break
      }
      default:
        return action satisfies never
    }
  }
  return { to: 'queue', queue: first.queue, channel, overflowed: false }
}

type QueueLookRow = Parameters<typeof toQueue>[0] & { hours: Hours | null; waiting: number }

/** Columns of a queue, its hours as `Hours`, and how many wait in it live. */
const lookText = `
select queue.*,
  case when calendar.id is not null then jsonb_build_object('timeZone', calendar.time_zone, 'alwaysOpen', calendar.always_open,
    'weekly', calendar.weekly, 'holidays', calendar.holidays) end as hours,
  (select count(*)::int from work_items where queue_id = queue.id and state in ('waiting', 'offered')
     and channel <> $2) as waiting
from queues as queue left join calendars as calendar on calendar.id = queue.calendar_id
where queue.deleted_at is null`

/** Reads a queue with its hours and its length in the transaction at hand; until that ends it is not deleted. */
export const lookAtQueue =
  (client: Queryable, now: Date) =>
  async (queueId: string): Promise<QueueNow | null> => {
    const { rows } = await client.query<QueueLookRow>(`${lookText} and queue.id = $1 for key share of queue`, [
      queueId,
      leftMessage,
    ])
    return rows[0] ? toQueueNow(rows[0], now) : null
  }

export async function lookAtQueues(client: Queryable, now: Date): Promise<QueueNow[]> {
  // Both texts number their values alike.
  const { rows } = await client.query<QueueLookRow>(`${lookText} and $1::text is null order by queue.name`, [
    null,
    leftMessage,
  ])
  return rows.map((row) => toQueueNow(row, now))
}

const toQueueNow = (row: QueueLookRow, now: Date): QueueNow => ({
  queue: toQueue(row),
  open: isOpen(row.hours, now),
  waiting: row.waiting,
})
