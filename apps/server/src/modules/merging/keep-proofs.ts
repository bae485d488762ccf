import { sql } from 'kysely'
import { inTransaction } from '#conversations'
import { onClient } from '#platform/database/on-client'
import { mergeIfProven } from './merge-by-proof.ts'
import { tellMerged } from './merge-contacts.ts'
import type { MergingDeps } from './merging-deps.ts'

/** `union`: a provider's name of the person, led by the space in which it is one (`wechat:…`). */
export interface Proof {
  kind: 'phone' | 'email' | 'union'
  value: string
}

/** The one way to write a number down: `+` and digits. Null where the country is not said, and so whose it is. */
export function provenPhone(text: string): string | null {
  const digits = text.replaceAll(/[\s().-]/gu, '').replace(/^00/u, '+')
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null
}

/** Who else is proven to be the same; looked at again when a merge was refused. */
const mostOthers = 20

/**
 * What an identity is proven to be, once it is. Whoever is proven to be the same is the same person: merged. Known proofs
 * cost one look. Gives whether anybody was merged.
 */
export async function keepProofs(deps: MergingDeps, identityId: string, proofs: readonly Proof[]): Promise<boolean> {
  let merged = false
  for (const proof of proofs) if (await keepProof(deps, identityId, proof)) merged = true
  return merged
}

async function keepProof(deps: MergingDeps, identityId: string, { kind, value }: Proof): Promise<boolean> {
  const { rows: known } = await sql`
    select from identity_proofs where identity_id = ${identityId} and kind = ${kind} and value = ${value}`.execute(
    deps.db,
  )
  if (known.length > 0) return false
  const done = await inTransaction(deps.pool, async (client, transaction) => {
    const tx = onClient(client)
    // Two who prove the same at once must not overlook each other.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`proof ${kind} ${value}`}, 0))`.execute(tx)
    await sql`
      insert into identity_proofs (identity_id, kind, value, proven_at)
      values (${identityId}, ${kind}, ${value}, ${deps.clock.now()}) on conflict do nothing`.execute(tx)
    const { rows: others } = await sql<{ identity_id: string }>`
      select identity_id from identity_proofs
      where kind = ${kind} and value = ${value} and identity_id <> ${identityId}
      order by proven_at limit ${mostOthers}`.execute(tx)
    const all: Exclude<Awaited<ReturnType<typeof mergeIfProven>>, string>[] = []
    for (const other of others) {
      const result = await mergeIfProven(deps, transaction, [other.identity_id, identityId], kind)
      if (typeof result === 'object') all.push(result)
    }
    return all
  })
  for (const one of done) tellMerged(deps, one)
  return done.length > 0
}

/** What the shop's own system says now: a number that it no longer says proves nothing any more. */
export async function replaceProofs(deps: MergingDeps, identityId: string, proofs: readonly Proof[]): Promise<boolean> {
  await sql`
    delete from identity_proofs where identity_id = ${identityId}
      and not (kind || ' ' || value) = any(${proofs.map(({ kind, value }) => `${kind} ${value}`)}::text[])`.execute(
    deps.db,
  )
  return keepProofs(deps, identityId, proofs)
}
