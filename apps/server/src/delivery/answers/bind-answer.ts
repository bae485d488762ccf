import type pg from 'pg'
import { inTransaction } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { partOf, type PartRow } from '../outbound/delivery-row.ts'
import { answerIn, type CallName, type PartName } from './open-calls.ts'

/**
 * Makes what waits for this customer first the answer of the call, of each try of it from now on; null when nothing waits that
 * can be one. From here on nobody sends it in another way: the row of its delivery is held, as by whoever sends. It is
 * not counted against what the customer's acts allow.
 */
export async function bindAnswer(
  deps: Pick<ChannelDeps, 'pool' | 'clock'>,
  account: Account,
  { inboxId, eventId }: CallName,
  address: string,
): Promise<PartName | null> {
  return inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<{ closed: boolean; entry_id: string | null; number: number | null }>(
      'select closed, entry_id, number from open_calls where inbox_id = $1 and event_id = $2 for update',
      [inboxId, eventId],
    )
    const [call] = rows
    if (!call) return null
    if (call.entry_id !== null || call.closed) return answerIn(call)
    const entryId = await oldestWaiting(client, inboxId, address)
    const part = entryId === null ? null : await nextPart(client, entryId)
    if (entryId === null || !part || !account.channel.webhook?.answers?.carries(partOf(part))) return null
    const { number } = part
    await client.query(
      `update delivery_parts set state = 'sending', answers = true, attempts = attempts + 1, spent = '[]', sent_at = $3
       where entry_id = $1 and number = $2`,
      [entryId, number, deps.clock.now()],
    )
    await client.query('update open_calls set entry_id = $3, number = $4 where inbox_id = $1 and event_id = $2', [
      inboxId,
      eventId,
      entryId,
      number,
    ])
    return { entryId, number }
  })
}

/** Whose requests are made already; the oldest first, whatever state it is in. */
async function oldestWaiting(client: pg.ClientBase, inboxId: string, address: string): Promise<string | null> {
  const { rows } = await client.query<{ entry_id: string; ready: boolean }>(
    `with person as (select id from identities where inbox_id = $1 and address = $2 and thread_key is null)
     select entry_id, allowance is not null as ready from deliveries
     where state = 'waiting' and inbox_id = $1 and identity_id in (
       select id from person union select id from identities where moved_to in (select id from person))
     order by created_at, seq limit 1 for update`,
    [inboxId, address],
  )
  const [row] = rows
  return row?.ready ? row.entry_id : null
}

/** Null while an earlier one is still on its way. */
async function nextPart(client: pg.ClientBase, entryId: string): Promise<PartRow | null> {
  const { rows } = await client.query<PartRow>(
    `select number, request, attachment_ids, state, attempts, spent, answers from delivery_parts
     where entry_id = $1 and state <> 'accepted' order by number limit 1`,
    [entryId],
  )
  const [part] = rows
  return part?.state === 'waiting' ? part : null
}
