import { unservable, type WorkItem } from '@qiao/routing'
import type { RoutingDeps } from './routing-deps.ts'
import { toWaiting } from './to-routing.ts'
import type { WorkingState } from './working-state.ts'

/** Work that nobody on the staff could ever take is marked once, and unmarked when somebody can: leads see it on the board. */
export async function raiseAlarms(
  { pool, clock, log }: Pick<RoutingDeps, 'pool' | 'clock' | 'log'>,
  state: WorkingState,
): Promise<void> {
  const raised: string[] = []
  const settled: string[] = []
  // Of thousands who wait most ask for the same: what nobody can is found out once for each kind.
  const lacks = new Map<string, boolean>()
  const lacksSomebody = (item: WorkItem): boolean => {
    const kind = JSON.stringify([item.queueId, item.channel, item.language, item.preferred?.agentId, item.steps.at(-1)])
    const lacking = lacks.get(kind) ?? unservable(state.router, item) !== null
    lacks.set(kind, lacking)
    return lacking
  }
  for (const row of state.items.values()) {
    const item = toWaiting(row)
    const alarming = item !== null && lacksSomebody(item)
    if (alarming && row.alarmed_at === null) raised.push(row.id)
    if (!alarming && row.alarmed_at !== null) settled.push(row.id)
  }
  if (raised.length > 0) log.warn({ items: raised.slice(0, 20), count: raised.length }, 'nobody can take this work')
  if (raised.length + settled.length === 0) return
  await pool.query(
    `update work_items set alarmed_at = case when id = any($1::uuid[]) then $3::timestamptz end where id = any($2::uuid[])`,
    [raised, [...raised, ...settled], clock.now()],
  )
}
