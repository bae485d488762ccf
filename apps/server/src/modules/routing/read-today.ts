import type { todayCounts } from '@qiao/protocol'
import type { z } from 'zod'
import { startOfDay } from './start-of-day.ts'
import type { Queryable } from './work-item-row.ts'

/** An agent's day so far. Handling is from acceptance to the end of the after-contact work. */
export async function readTodayOf(client: Queryable, agentId: string, now: Date): Promise<z.infer<typeof todayCounts>> {
  const since = await startOfDay(client, now)
  const { rows } = await client.query<z.infer<typeof todayCounts>>(
    `select offered.*, done.* from (
       select count(*)::int as offered, count(*) filter (where outcome = 'accepted')::int as accepted,
         count(*) filter (where outcome = 'declined')::int as declined,
         count(*) filter (where outcome = 'missed')::int as missed
       from offers where agent_id = $1 and made_at >= $2) as offered,
      (select count(*)::int as handled,
         extract(epoch from avg(coalesce(wrapped_at, ended_at) - accepted_at))::int as "handleSeconds"
       from work_items where agent_id = $1 and entered_at >= $2::timestamptz - interval '1 day' and ended_at >= $2
         and purpose = 'serve' and accepted_at is not null) as done`,
    [agentId, since],
  )
  const [counts] = rows
  if (!counts) throw new Error('counts of a day have a row')
  return counts
}
