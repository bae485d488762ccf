import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import { type ThreadKind, threadKindColumn } from '../threads/account-in.ts'

/** Where the customer of a conversation is reached, also one who writes from another address by now. */
export interface Place {
  inboxId: string
  identityId: string
  address: string
  thread: string | null
  threadKind: ThreadKind
}
interface PlaceRow {
  inbox_id: string
  identity_id: string
  address: string
  thread_key: string | null
  thread_kind: ThreadKind
}

export async function readPlace(db: Database, conversationId: string): Promise<Place | null> {
  const { rows } = await sql<PlaceRow>`
    select conversation.inbox_id, identity.id as identity_id, coalesce(identity.peer_address, identity.address) as address,
      identity.thread_key, ${threadKindColumn} as thread_kind
    from conversations as conversation
    join identities as first on first.id = conversation.identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    where conversation.id = ${conversationId}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { inbox_id: inboxId, identity_id: identityId, address, thread_key: thread, thread_kind: threadKind } = row
  return { inboxId, identityId, address, thread, threadKind }
}
