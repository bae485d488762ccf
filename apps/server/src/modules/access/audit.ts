import type { auditEvent } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'

/** Who did it: a principal fits; null is the system itself (set-up, seed). */
export type Actor = { agentId: string; ipAddress?: string } | null

export interface AuditTarget {
  type: string
  id: string | null
}

/**
 * Adds one row to the log of settings and access, in the transaction of the change itself. `details` says what became of
 * it; never put a secret into them.
 */
export async function recordAudit(
  tx: Database,
  by: Actor,
  action: string,
  target: AuditTarget,
  details: Record<string, unknown> = {},
  at = new Date(),
): Promise<void> {
  await tx
    .insertInto('audit_events')
    .values({
      id: uuidv7(),
      at,
      agent_id: by?.agentId ?? null,
      action,
      target_type: target.type,
      target_id: target.id,
      details: JSON.stringify(details),
      ip_address: by?.ipAddress ?? null,
    })
    .execute()
}

/** Newest first; the cursor is the last event of the page before. */
export async function listAuditEvents(
  db: Database,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: z.infer<typeof auditEvent>[]; nextCursor: string | null }> {
  const after = page.cursor ? readCursor(page.cursor) : null
  let query = db.selectFrom('audit_events').selectAll().orderBy('at', 'desc').orderBy('id', 'desc')
  if (after) query = query.where((where) => where(where.refTuple('at', 'id'), '<', where.tuple(after.at, after.id)))
  const rows = await query.limit(page.limit + 1).execute()
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      agentId: row.agent_id,
      action: row.action,
      targetType: row.target_type,
      targetId: row.target_id,
      details: row.details,
      ipAddress: row.ip_address,
    })),
    nextCursor: rows.length > page.limit && last ? `${last.at.toISOString()}_${last.id}` : null,
  }
}

function readCursor(cursor: string): { at: Date; id: string } {
  const [at = '', id = ''] = cursor.split('_')
  if (!z.iso.datetime().safeParse(at).success || !z.uuid().safeParse(id).success) throw new AppError('bad-request')
  return { at: new Date(at), id }
}
