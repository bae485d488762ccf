import { type ReasonCode, reasonCode } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'

type Fields = Omit<ReasonCode, 'id'>
const target = (id: string) => ({ type: 'reason-code', id })

/** Those that can be chosen, or those that were retired. */
export async function readReasons(tx: Database, which: 'current' | 'retired' = 'current'): Promise<ReasonCode[]> {
  const rows = await tx
    .selectFrom('reason_codes')
    .select(['id', 'kind', 'names'])
    .where('retired_at', which === 'current' ? 'is' : 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => reasonCode.parse(row))
}

export async function createReason(tx: Database, by: Actor, fields: Fields, now: Date): Promise<ReasonCode> {
  const id = uuidv7()
  const { kind, names } = fields
  await tx
    .insertInto('reason_codes')
    .values({ id, kind, names: JSON.stringify(names), created_at: now })
    .execute()
  await recordAudit(tx, by, 'reason-code.created', target(id), { ...fields }, now)
  return { id, ...fields }
}

export async function updateReason(
  tx: Database,
  by: Actor,
  { id, kind, names }: ReasonCode,
  now: Date,
): Promise<ReasonCode> {
  const { numUpdatedRows } = await tx
    .updateTable('reason_codes')
    .set({ kind, names: JSON.stringify(names) })
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('not-found')
  await recordAudit(tx, by, 'reason-code.changed', target(id), { kind, names }, now)
  return { id, kind, names }
}

export async function retireReason(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const row = await tx
    .updateTable('reason_codes')
    .set({ retired_at: now })
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .returning('names')
    .executeTakeFirst()
  if (!row) throw new AppError('not-found')
  await recordAudit(tx, by, 'reason-code.retired', target(id), { names: row.names }, now)
}
