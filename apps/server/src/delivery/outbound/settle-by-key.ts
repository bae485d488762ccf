import { sql } from 'kysely'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import type { KnownMessage } from '../inbound/provider-messages.ts'
import type { PartRow } from './delivery-row.ts'
import { recordAccepted } from './record-outcome.ts'

interface NamedPart {
  entry_id: string
  conversation_id: string
  public_seq: number
  inbox_id: string
  identity_id: string
  part_state: PartRow['state']
}

const form = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,6})-(\d{1,4})$/

/** Names one try of one part to the provider. */
export const keyOf = (entryId: string, round: number, number: number): string => `${entryId}-${round}-${number}`

/** The message that a provider names by our key of its send; null when the key is of nothing here. */
export async function messageOfKey(deps: ChannelDeps, account: Account, key: string): Promise<KnownMessage | null> {
  const found = await readPart(deps, account, key)
  return found && knownOf(found.part)
}

/**
 * The provider gave back our key, so it has the message: a send whose answer was lost is settled, and one that waits to
 * be tried again is not. Keys of earlier rounds count as well: what arrived then need not go out again.
 */
export async function settleByKey(
  deps: ChannelDeps,
  account: Account,
  key: string,
  messageId: string | null,
): Promise<KnownMessage | null> {
  const found = await readPart(deps, account, key)
  if (!found) return null
  const { part, number } = found
  if (part.part_state !== 'accepted' && part.part_state !== 'failed') {
    await recordAccepted(deps, part, number, { messageId })
  }
  return knownOf(part)
}

const knownOf = (part: NamedPart): KnownMessage => ({
  entryId: part.entry_id,
  conversationId: part.conversation_id,
  publicSeq: part.public_seq,
  identityId: part.identity_id,
})

async function readPart(
  { db }: ChannelDeps,
  { inbox }: Account,
  key: string,
): Promise<{ part: NamedPart; number: number } | null> {
  const [, entryId, , number] = form.exec(key) ?? []
  if (entryId === undefined) return null
  const { rows } = await sql<NamedPart>`
    select delivery.entry_id, delivery.conversation_id, delivery.public_seq, delivery.inbox_id,
      coalesce(moved_to, identity.id) as identity_id, part.state as part_state
    from deliveries as delivery join delivery_parts as part using (entry_id)
    join identities as identity on identity.id = delivery.identity_id
    where entry_id = ${entryId} and part.number = ${Number(number)} and delivery.inbox_id = ${inbox.id}`.execute(db)
  const [part] = rows
  return part ? { part, number: Number(number) } : null
}
