import type { Thread } from '@qiao/channels'
import type { Contact } from '@qiao/protocol'
import { sql } from 'kysely'
import { addIdentity, createContact, findContact } from '#contacts'
import type { ChannelDeps } from '../channel-deps.ts'
import type { KnownPeer } from './resolve-peer.ts'

export interface NewIdentity {
  inboxId: string
  address: string
  /** Whom the provider is told to write to. */
  peerAddress: string
  thread: Thread | undefined
  verified: boolean
  /** Whose it is; null makes a contact of `facts`. */
  contact: Contact | null
  facts: Parameters<typeof createContact>[1]
}

/** A new address; whoever is faster with another event of the same has made it already. */
export async function makeIdentity({ db, clock }: ChannelDeps, wanted: NewIdentity): Promise<KnownPeer> {
  const now = clock.now()
  const { inboxId, address, peerAddress, thread, verified, contact } = wanted
  return db.transaction().execute(async (tx) => {
    const owner = contact ?? (await createContact(tx, wanted.facts, now))
    const identity = await addIdentity(tx, { contactId: owner.id, inboxId, address, verified }, now)
    await sql`
      update identities set peer_address = ${peerAddress}, thread_key = ${thread?.key ?? null},
        thread_kind = ${thread?.kind ?? null}, thread_title = ${titleOf(thread)}
      where id = ${identity.id}`.execute(tx)
    if (identity.contactId === owner.id) return { identityId: identity.id, contact: owner }
    if (!contact) await sql`delete from contacts where id = ${owner.id}`.execute(tx)
    const first = await findContact(tx, identity.contactId)
    return { identityId: identity.id, contact: first ?? owner }
  })
}

export const titleOf = (thread: Thread | undefined): string | null => thread?.title?.trim().slice(0, 200) || null

/** What kind of place it is, and its title where that is told anew. Gives the title that was known before, if it changed. */
export async function keepThread(
  { db }: Pick<ChannelDeps, 'db'>,
  identityId: string,
  thread: Thread,
): Promise<{ before: string | null } | null> {
  const title = titleOf(thread)
  const { rows } = await sql<{ before: string | null }>`
    with known as (select id, thread_kind, thread_title from identities where id = ${identityId})
    update identities set thread_kind = ${thread.kind}, thread_title = coalesce(${title}, known.thread_title)
    from known where identities.id = known.id
      and (known.thread_kind is distinct from ${thread.kind} or known.thread_title is distinct from coalesce(${title}, known.thread_title))
    returning known.thread_title as before`.execute(db)
  return rows[0] ?? null
}
