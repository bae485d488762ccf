import type { Part } from '@qiao/channels'
import { messageOf } from '#platform/thrown'
import { cleaner, sendContextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { partOf, type PartRow, type WaitingDelivery } from '../outbound/delivery-row.ts'
import { keyOf } from '../outbound/settle-by-key.ts'
import { openUntil } from './open-calls.ts'

/**
 * While a call is open whose answer could be this part, its file is handed over first, which sending it would do as well: with
 * what the provider called it the part is kept, and leaves by whichever way is open then. It is still nobody's; whoever dies
 * here has uploaded for nothing. Where it does not work, the part stays what it was, and sending it says why.
 */
export async function readyForCall(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
): Promise<PartRow> {
  const { answers } = account.capabilities
  if (!answers || answers.only || delivery.thread_key !== null || part.attachment_ids.length === 0) return part
  if (!(await openUntil(deps.db, account.inbox.id, delivery.address, deps.clock.now()))) return part
  const ready = await prepare(deps, account, delivery, part)
  if (!ready) return part
  const { request, attachmentIds = [] } = ready
  const kept = await deps.db
    .updateTable('delivery_parts')
    .set({ request: JSON.stringify(request), attachment_ids: [...attachmentIds] })
    .where('entry_id', '=', delivery.entry_id)
    .where('number', '=', part.number)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return kept.numUpdatedRows === 1n ? { ...part, request, attachment_ids: [...attachmentIds] } : part
}

async function prepare(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
): Promise<Part | null> {
  try {
    const context = sendContextOf(deps, account, keyOf(delivery.entry_id, delivery.round, part.number))
    return (await account.channel.webhook?.answers?.prepare?.(partOf(part), context)) ?? null
  } catch (error) {
    const reason = cleaner(account.secrets)(messageOf(error)).slice(0, 500)
    deps.log.error({ inboxId: account.inbox.id, reason }, 'a file was not made ready for the answer of a call')
    return null
  }
}
