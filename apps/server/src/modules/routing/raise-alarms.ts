import { unservable } from '@qiao/routing'
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
  for (const row of state.items.values()) {
    const item = toWaiting(row)
    const alarming = item !== null && unservable(state.router, item) !== null
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
