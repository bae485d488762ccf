import type { QueueOutcome } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { restAgents } from './agent-work.ts'
import { endOffersOf } from './end-offers.ts'
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
    item.agent_id ? restAgents(client, { answered: [], ended: [item.agent_id] }, now) : null,
  ])
}

/**
 * Ends the work with the customers of these conversations, as far as somebody has it in hand. As its queue wants it, the
 * agent has some time for what comes after: *optional* takes no room and ends by itself, *timed* takes room until its end,
 * *mandatory* until the agent says so. Who has nothing else in hand is idle from now on.
 */
export async function endServices(client: Queryable, conversationIds: readonly string[], now: Date): Promise<void> {
  if (conversationIds.length === 0) return
  await client.query({ name: 'end-services', text: endServicesText, values: [conversationIds, now] })
}

const endServicesText = `
with service as (
  select item.id, case when item.agent_id is null then 'off' else coalesce(queue.settings #>> '{wrapUp,mode}', 'off') end as mode,
    coalesce((queue.settings #>> '{wrapUp,seconds}')::int, 60) as seconds
  from work_items as item left join queues as queue on queue.id = item.queue_id
  where item.conversation_id = any($1::uuid[]) and item.purpose = 'serve' and item.state = 'held'
),
over as (
  update work_items as item set ended_at = greatest($2, entered_at),
    state = case mode when 'off' then 'ended' else 'wrap-up' end,
    left_queue_at = case mode when 'off' then coalesce(left_queue_at, greatest($2, entered_at)) else left_queue_at end,
    queue_outcome = case mode when 'off' then coalesce(queue_outcome, 'answered') else queue_outcome end,
    wrap_until = case when mode in ('timed', 'optional') then $2 + make_interval(secs => seconds) end,
    silent_since = case mode when 'off' then silent_since when 'optional' then $2 end
  from service where service.id = item.id and item.state = 'held' returning item.id, item.agent_id, item.state
),
idle as (
  select work.agent_id from agent_work as work
  where work.agent_id in (select agent_id from over where state = 'ended') and not exists (
    select from work_items as other where other.agent_id = work.agent_id and other.state in ('held', 'wrap-up')
      and other.id not in (select id from over where state = 'ended'))
  order by work.agent_id for update of work
)
update agent_work as work set idle_since = $2 from idle where idle.agent_id = work.agent_id`

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
  await restAgents(client, { answered: [], ended: [row.agent_id] }, now)
}

/** For what ends wrap-ups by itself: the agent may have been quicker, and all is well. */
export async function unlessWrapUpOver(appending: Promise<unknown>): Promise<void> {
  try {
    await appending
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'wrap-up-over') throw error
  }
}
