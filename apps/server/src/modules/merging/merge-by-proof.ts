import { bothKnown, type Contact, type MergeCause } from '@qiao/protocol'
import { sql } from 'kysely'
import { findContact } from '#contacts'
import { inTransaction, type Transaction } from '#conversations'
import type { Database } from '#platform/database/connect'
import { onClient } from '#platform/database/on-client'
import { areApart } from './keep-apart.ts'
import { mergeWithin, tellMerged } from './merge-contacts.ts'
import type { MergingDeps } from './merging-deps.ts'

type Outcome = 'merged' | 'same' | 'refused'

/**
 * Two identities are proven to be of one person. People have the last word: whom they keep apart, or have blocked, stays
 * apart, and so do two customers of the company's own system.
 */
export async function mergeByProof(
  deps: MergingDeps,
  [one, other]: readonly [string, string],
  cause: MergeCause,
): Promise<Outcome> {
  const result = await inTransaction(deps.pool, (_client, transaction) =>
    mergeIfProven(deps, transaction, [one, other], cause),
  )
  if (typeof result === 'object') tellMerged(deps, result)
  return typeof result === 'object' ? 'merged' : result
}

export async function mergeIfProven(
  deps: MergingDeps,
  transaction: Transaction,
  identityIds: readonly [string, string],
  cause: MergeCause,
) {
  const tx = onClient(transaction.client)
  const [one, other] = await contactsOf(tx, identityIds)
  if (!one || !other) return 'refused' as const
  if (one.id === other.id) return 'same' as const
  const blocked = (one.blockedAt === null) !== (other.blockedAt === null)
  if (blocked || bothKnown(one, other) || (await areApart(tx, one.id, other.id))) {
    deps.log.info({ contactIds: [one.id, other.id], cause }, 'two contacts are proven to be one, and stay apart')
    return 'refused' as const
  }
  const [into, from] = inOrder(one, other)
  return mergeWithin(deps, transaction, {
    intoId: into.id,
    fromId: from.id,
    cause,
    by: null,
    clientKey: null,
    take: [],
  })
}

/** Locked in this transaction, so that what is asked of them holds until they are one. */
async function contactsOf(tx: Database, identityIds: readonly string[]): Promise<(Contact | null)[]> {
  await sql`
    select from contacts where id in (select contact_id from identities where id = any(${[...identityIds]}::uuid[]))
    order by id for no key update`.execute(tx)
  const found: (Contact | null)[] = []
  for (const identityId of identityIds) {
    const { rows } = await sql<{ contact_id: string }>`
      select contact_id from identities where id = ${identityId}`.execute(tx)
    found.push(rows[0] ? await findContact(tx, rows[0].contact_id) : null)
  }
  return found
}

/** Whom the company's system knows stays, else who has been here longer. */
function inOrder(one: Contact, other: Contact): [Contact, Contact] {
  const known = Number(other.externalId !== null) - Number(one.externalId !== null)
  const first = known || (one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : 0)
  return (first || (one.id < other.id ? -1 : 1)) < 0 ? [one, other] : [other, one]
}
