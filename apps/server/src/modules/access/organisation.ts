import type { organisation } from '@qiao/protocol'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'
import { checkTimeZone } from './agent-rules.ts'
import { type Actor, recordAudit } from './audit.ts'

export type Organisation = z.infer<typeof organisation>

export async function readOrganisation(db: Database): Promise<Organisation> {
  const row = await db.selectFrom('organisation').selectAll().executeTakeFirstOrThrow()
  return { name: row.name, defaultLanguage: row.default_language, timeZone: row.time_zone }
}

export async function updateOrganisation(tx: Database, by: Actor, fields: Organisation, now: Date): Promise<void> {
  checkTimeZone(fields.timeZone)
  await tx
    .updateTable('organisation')
    .set({ name: fields.name, default_language: fields.defaultLanguage, time_zone: fields.timeZone })
    .execute()
  await recordAudit(tx, by, 'organisation.changed', { type: 'organisation', id: null }, { ...fields }, now)
}
