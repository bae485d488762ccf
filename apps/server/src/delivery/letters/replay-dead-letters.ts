import { type Actor, recordAudit } from '#access'
import { requireChannel } from '../accounts/account-view.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { eventsWait } from '../topics.ts'

/**
 * All that came in, once more from the beginning: after an update that knows it, or once what broke is mended. Repeats do no
 * harm, since an event is applied by its name. Messages are not: some customers may have theirs, and later is not always better.
 */
export async function replayDeadLetters(
  deps: ChannelDeps,
  inboxId: string,
  by: NonNullable<Actor>,
): Promise<{ count: number }> {
  await requireChannel(deps, inboxId)
  const count = await deps.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('channel_events')
      .set({ state: 'waiting', attempts: 0, retry_at: null, reason: null })
      .where('inbox_id', '=', inboxId)
      .where('state', 'in', ['failed', 'unknown'])
      .executeTakeFirst()
    const many = Number(numUpdatedRows)
    if (many > 0) {
      const target = { type: 'inbox', id: inboxId }
      await recordAudit(tx, by, 'dead-letters.replayed', target, { count: many }, deps.clock.now())
    }
    return many
  })
  if (count > 0) deps.bus.publish(eventsWait, { customers: [] })
  return { count }
}
