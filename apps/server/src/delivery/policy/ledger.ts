import { emptyLedger, type Ledger } from '@qiao/channels'
import { sql } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'

interface LedgerRow {
  grants: unknown
  wrote_at: Date | null
  opted_out: boolean
  stopped_by: string | null
  stopped_at: Date | null
  no_promotion: string | null
  held_at: Date | null
}
const columns = 'grants, wrote_at, opted_out, stopped_by, stopped_at, no_promotion, held_at'
const grants = z.array(z.object({ act: z.string(), openedAt: z.number(), used: z.number() }))

/** The previous release does not say by whom: then it is the customer's word, which nothing but theirs takes back. */
const stoppedBy = z.enum(['word', 'customer', 'promotion', 'provider']).catch('word')
const noPromotion = z.enum(['customer', 'provider']).nullable()

const toLedger = (row: LedgerRow | undefined): Ledger =>
  row
    ? {
        grants: grants.parse(row.grants),
        wroteAt: row.wrote_at?.getTime() ?? null,
        stop: row.opted_out ? { by: stoppedBy.parse(row.stopped_by), at: row.stopped_at?.getTime() ?? 0 } : null,
        noPromotion: noPromotion.parse(row.no_promotion),
        heldAt: row.held_at?.getTime() ?? null,
      }
    : emptyLedger

export async function readLedger(db: Database, identityId: string): Promise<Ledger> {
  const { rows } = await sql<LedgerRow>`
    select ${sql.raw(columns)} from reply_ledgers where identity_id = ${identityId}`.execute(db)
  return toLedger(rows[0])
}

const lockText = `
with made as (insert into reply_ledgers (identity_id) values ($1) on conflict do nothing)
select ${columns} from reply_ledgers where identity_id = $1 for update`

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
  const { stop } = after
  await client.query(
    `update reply_ledgers set grants = $2, wrote_at = $3, opted_out = $4, stopped_by = $5, stopped_at = $6, no_promotion = $7,
       held_at = $8
     where identity_id = $1`,
    [
      identityId,
      JSON.stringify(after.grants),
      after.wroteAt === null ? null : new Date(after.wroteAt),
      stop !== null,
      stop?.by ?? null,
      stop && new Date(stop.at),
      after.noPromotion,
      after.heldAt ? new Date(after.heldAt) : null,
    ],
  )
}
