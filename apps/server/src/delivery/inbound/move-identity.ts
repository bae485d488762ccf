import type pg from 'pg'
import { inTransaction } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { groupAddress } from './group-address.ts'
import { type Applying, note } from './note-entry.ts'

interface Move {
  inboxId: string
  from: string
  to: string
}

/**
 * The same customer under another address. Where that is known already, it keeps what was said to it, and what is said
 * under the older one goes there from now on. Gives whose address it was.
 */
export async function moveIdentity(
  client: Pick<pg.ClientBase, 'query'>,
  { inboxId, from, to }: Move,
): Promise<{ identityId: string; contactId: string } | null> {
  if (from === to) return null
  const group = await moveGroup(client, { inboxId, from, to })
  if (group) return group
  const { rows } = await client.query<{ id: string; contact_id: string; address: string }>(
    `select id, contact_id, address from identities where inbox_id = $1 and address = any($2) and thread_key is null
     order by id for update`,
    [inboxId, [from, to]],
  )
  const [old, known] = [from, to].map((address) => rows.find((row) => row.address === address))
  if (!old) return null
  if (known) {
    await client.query(
      `update identities set moved_to = case when id = $2 then null else $2 end where id = any($1) or moved_to = $3`,
      [[old.id, known.id], known.id, old.id],
    )
  } else {
    await client.query('update identities set address = $2, peer_address = $2 where id = $1', [old.id, to])
    await client.query(
      `insert into identity_aliases (identity_id, kind, value, seen_at) values ($1, 'address', $2, now())
       on conflict (identity_id, kind, value) do nothing`,
      [old.id, from],
    )
  }
  return { identityId: old.id, contactId: old.contact_id }
}

/** A group that the provider calls something else from now on. */
async function moveGroup(client: Pick<pg.ClientBase, 'query'>, { inboxId, from, to }: Move) {
  const { rows } = await client.query<{ id: string; contact_id: string; address: string }>(
    `select id, contact_id, address from identities where inbox_id = $1 and address = any($2) order by id for update`,
    [inboxId, [from, to].map(groupAddress)],
  )
  const [old, known] = [from, to].map((key) => rows.find((row) => row.address === groupAddress(key)))
  if (!old) return null
  if (known)
    await client.query('update identities set moved_to = $2 where id = $1 or moved_to = $1', [old.id, known.id])
  else {
    await client.query('update identities set address = $2, peer_address = $3, thread_key = $3 where id = $1', [
      old.id,
      groupAddress(to),
      to,
    ])
  }
  return { identityId: old.id, contactId: old.contact_id }
}

export async function applyMove(
  deps: ChannelDeps,
  { inbox }: Account,
  { from, to }: Omit<Move, 'inboxId'>,
  applying: Applying,
): Promise<void> {
  const moved = await inTransaction(deps.pool, (client) => moveIdentity(client, { inboxId: inbox.id, from, to }))
  if (!moved) return
  const zh = inbox.settings.defaultLocale.startsWith('zh')
  const words = zh ? `客户换了地址：${from} → ${to}` : `The customer’s address has changed: ${from} → ${to}`
  const body = { act: 'moved', words: words.slice(0, 500) }
  await note(deps, { identityId: moved.identityId, contact: { id: moved.contactId } }, applying, {
    kind: 'contact.acted',
    body,
  })
}
