import type { Capabilities, Ledger } from '@qiao/channels'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

/** Where each call of the provider takes one message and there is no other way, what waits for the next has taken it. */
export async function withWaiting(
  db: Database,
  { answers }: Pick<Capabilities, 'answers'>,
  identityId: string,
  ledger: Ledger,
): Promise<Ledger> {
  if (!answers?.only) return ledger
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from deliveries where state = 'waiting'
      and identity_id in (select id from identities where id = ${identityId} or moved_to = ${identityId})`.execute(db)
  const used = rows[0]?.count ?? 0
  return { ...ledger, grants: ledger.grants.map((grant) => ({ ...grant, used })) }
}
