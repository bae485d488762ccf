import { type Actor, recordAudit } from '#access'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { requireChannel } from '../accounts/account-view.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { eventsWait } from '../topics.ts'
import { letterName } from './letter-name.ts'
import { resendMessage } from './resend-message.ts'

/** Once more from the beginning, with the channel as it is now. */
export async function replayDeadLetter(
  deps: ChannelDeps,
  inboxId: string,
  letterId: string,
  agent: AgentPrincipal,
  by: NonNullable<Actor>,
): Promise<void> {
  await requireChannel(deps, inboxId)
  const { direction, id } = letterName(letterId)
  const now = deps.clock.now()
  if (direction === 'out') {
    const row = await deps.db
      .selectFrom('deliveries')
      .select(['conversation_id', 'round'])
      .where('entry_id', '=', id)
      .where('inbox_id', '=', inboxId)
      .where('state', 'in', ['failed', 'unknown'])
      .executeTakeFirst()
    if (!row) throw new AppError('not-found')
    await resendMessage(deps, agent, { id: row.conversation_id, clientKey: `replay:${id}:${row.round}`, targetId: id })
    return recordAudit(deps.db, by, 'dead-letter.replayed', { type: 'inbox', id: inboxId }, { letterId }, now)
  }
  const orderKey = await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('channel_events')
      .set({ state: 'waiting', attempts: 0, retry_at: null, reason: null })
      .where('id', '=', Number(id))
      .where('inbox_id', '=', inboxId)
      .where('state', 'in', ['failed', 'unknown'])
      .returning('order_key')
      .executeTakeFirst()
    if (!row) throw new AppError('not-found')
    await recordAudit(tx, by, 'dead-letter.replayed', { type: 'inbox', id: inboxId }, { letterId }, now)
    return row.order_key
  })
  deps.bus.publish(eventsWait, { customers: [{ inboxId, orderKey, settleMs: 0 }] })
}
