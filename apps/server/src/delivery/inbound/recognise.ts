import type { Peer } from '@qiao/channels'
import { sql } from 'kysely'
import { inTransaction } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { moveIdentity } from './move-identity.ts'

/**
 * Whom we know by another address that the provider vouches for: a number that was written to first, say, whose owner now
 * comes under an id. It is the same customer, so that conversation, window and book stay one.
 */
export async function recognise(
  { db, pool }: ChannelDeps,
  { inbox, channel }: Account,
  { address, aliases = [] }: Pick<Peer, 'address' | 'aliases'>,
): Promise<void> {
  if (!channel.about.oneChat) return
  const others = aliases.flatMap(({ kind, value }) => (kind === 'address' && value !== address ? [value] : []))
  if (others.length === 0) return
  const { rows } = await sql<{ address: string }>`
    select address from identities where inbox_id = ${inbox.id} and address = any(${others}::text[])
      and thread_key is null and moved_to is null`.execute(db)
  for (const { address: from } of rows) {
    await inTransaction(pool, (client) => moveIdentity(client, { inboxId: inbox.id, from, to: address }))
  }
}
