import { emptyLedger, type Ledger } from '@qiao/channels'
import { sql } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'

interface LedgerRow {
  grants: unknown
  wrote_at: Date | null
  opted_out: boolean
}
const grants = z.array(z.object({ act: z.string(), openedAt: z.number(), used: z.number() }))

const toLedger = (row: LedgerRow | undefined): Ledger =>
  row
    ? { grants: grants.parse(row.grants), wroteAt: row.wrote_at?.getTime() ?? null, optedOut: row.opted_out }
    : emptyLedger

export async function readLedger(db: Database, identityId: string): Promise<Ledger> {
  const { rows } = await sql<LedgerRow>`
    select grants, wrote_at, opted_out from reply_ledgers where identity_id = ${identityId}`.execute(db)
  return toLedger(rows[0])
}

/** Also of a customer who writes from another address now: the allowance is the person's. */
export async function readLedgerOf(db: Database, conversationId: string): Promise<Ledger> {
  const { rows } = await sql<LedgerRow>`
    select grants, wrote_at, opted_out from conversations join identities on identities.id = identity_id
    join reply_ledgers on reply_ledgers.identity_id = coalesce(moved_to, identities.id)
    where conversations.id = ${conversationId}`.execute(db)
  return toLedger(rows[0])
}

const lockText = `
with made as (insert into reply_ledgers (identity_id) values ($1) on conflict do nothing)
select grants, wrote_at, opted_out from reply_ledgers where identity_id = $1 for update`

/** In the caller's transaction: from here on nobody else spends or opens anything of this customer. */
export async function changeLedger(
  client: Pick<pg.ClientBase, 'query'>,
  identityId: string,
  change: (ledger: Ledger) => Ledger | null | Promise<Ledger>,
): Promise<void> {
  const { rows } = await client.query<LedgerRow>(lockText, [identityId])
  const before = toLedger(rows[0])
  const after = await change(before)
  if (after === null || after === before) return
  await client.query('update reply_ledgers set grants = $2, wrote_at = $3, opted_out = $4 where identity_id = $1', [
    identityId,
    JSON.stringify(after.grants),
    after.wroteAt === null ? null : new Date(after.wroteAt),
    after.optedOut,
  ])
}
