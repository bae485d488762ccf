import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import { recordAccepted } from '../outbound/record-outcome.ts'

interface UnsurePart {
  entry_id: string
  conversation_id: string
  identity_id: string
  inbox_id: string
  public_seq: number
  number: number
  message_id: string
}

/**
 * Whoever names a letter of ours has it, although nobody knew whether it had arrived. Of one that went once more to those
 * who had missed it this proves nothing: the others have had it before.
 */
export async function settleAnswered(deps: ChannelDeps, inboxId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const { rows } = await sql<UnsurePart>`
    select entry_id, delivery.conversation_id, delivery.identity_id, inbox_id, delivery.public_seq, part.number, part.message_id
    from channel_messages as message join delivery_parts as part using (entry_id, message_id)
    join deliveries as delivery using (entry_id)
    where message.message_id = any(${[...names]}::text[]) and message.ours and part.state = 'unknown'
      and inbox_id = ${inboxId} and only_to is null`.execute(deps.db)
  for (const { number, message_id: messageId, ...delivery } of rows)
    await recordAccepted(deps, delivery, number, { messageId })
}
