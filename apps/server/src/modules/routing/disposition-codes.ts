import { type DispositionCode, dispositionCode } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit, refused } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'

type Fields = Omit<DispositionCode, 'id'>
const target = (id: string) => ({ type: 'disposition-code', id })

/** Those that can be chosen, or those that were retired. */
export async function readDispositions(
  tx: Database,
  which: 'current' | 'retired' = 'current',
): Promise<DispositionCode[]> {
  const rows = await tx
    .selectFrom('disposition_codes')
    .select(['id', 'names', 'queue_ids'])
    .where('retired_at', which === 'current' ? 'is' : 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id, names, queue_ids: queueIds }) => dispositionCode.parse({ id, names, queueIds }))
}

export async function createDisposition(tx: Database, by: Actor, fields: Fields, now: Date): Promise<DispositionCode> {
  await mustBeQueues(tx, fields.queueIds)
  const id = uuidv7()
  await tx
    .insertInto('disposition_codes')
    .values({ id, ...toColumns(fields), created_at: now })
    .execute()
  await recordAudit(tx, by, 'disposition-code.created', target(id), { ...fields }, now)
  return { id, ...fields }
}

export async function updateDisposition(
  tx: Database,
  by: Actor,
  { id, ...fields }: DispositionCode,
  now: Date,
): Promise<DispositionCode> {
  await mustBeQueues(tx, fields.queueIds)
  const { numUpdatedRows } = await tx
    .updateTable('disposition_codes')
    .set(toColumns(fields))
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('not-found')
  await recordAudit(tx, by, 'disposition-code.changed', target(id), { ...fields }, now)
  return { id, ...fields }
}

export async function retireDisposition(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const row = await tx
    .updateTable('disposition_codes')
    .set({ retired_at: now })
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .returning('names')
    .executeTakeFirst()
  if (!row) throw new AppError('not-found')
  await recordAudit(tx, by, 'disposition-code.retired', target(id), { names: row.names }, now)
}

/** Deleted queues may stay in it: without the last of them a code would be offered in all. */
async function mustBeQueues(tx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.selectFrom('queues').select('id').where('id', 'in', ids).execute()
  const found = new Set(rows.map(({ id }) => id))
  const at = ids.findIndex((id) => !found.has(id))
  if (at >= 0) throw refused(`queueIds.${at}`, 'There is no such queue')
}

const toColumns = ({ names, queueIds }: Fields) => ({ names: JSON.stringify(names), queue_ids: queueIds })
