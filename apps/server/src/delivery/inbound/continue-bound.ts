import type { ChannelDeps } from '../channel-deps.ts'
import { latestConversation } from './provider-messages.ts'

/**
 * Who comes over by a link goes on in the conversation that they came from, as long as that is open and they are not in the
 * middle of another one here.
 */
export async function continueBound(
  { pool, clock }: Pick<ChannelDeps, 'pool' | 'clock'>,
  madeFor: string,
  identityId: string,
): Promise<void> {
  const cameFrom = madeFor === identityId ? null : await latestConversation(pool, madeFor)
  if (cameFrom === null) return
  const { rows } = await pool.query<{ goes: boolean }>(
    `select exists (select from conversations where id = $2 and state <> 'closed')
       and not exists (select from conversations where identity_id = $1 and state <> 'closed')
       and not exists (select from continued_conversations as other join conversations on conversations.id = conversation_id
         where other.identity_id = $1 and current and state <> 'closed') as goes`,
    [identityId, cameFrom],
  )
  if (rows[0]?.goes !== true) return
  await pool.query('update continued_conversations set current = false where identity_id = $1 and current', [
    identityId,
  ])
  await pool.query(
    `insert into continued_conversations (identity_id, conversation_id, current, since) values ($1, $2, true, $3)
     on conflict (identity_id, conversation_id) do update set current = true`,
    [identityId, cameFrom, clock.now()],
  )
}
