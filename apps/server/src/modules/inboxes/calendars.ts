import type { Calendar, calendarFields } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import { type Actor, checkTimeZone, recordAudit } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { nextVersion } from './edit-version.ts'
import { requireCalendar } from './store.ts'

export type CalendarFields = z.output<typeof calendarFields>

export async function createCalendar(tx: Database, by: Actor, fields: CalendarFields, now: Date): Promise<Calendar> {
  const id = uuidv7()
  await tx
    .insertInto('calendars')
    .values({ id, ...toColumns(fields), created_at: now })
    .execute()
  await recordAudit(tx, by, 'calendar.created', { type: 'calendar', id }, { name: fields.name }, now)
  return requireCalendar(tx, id)
}

/** Throws `changed-meanwhile` if the hours are no longer those that were edited. */
export async function updateCalendar(
  tx: Database,
  by: Actor,
  id: string,
  { version, ...fields }: CalendarFields & { version: number },
  now: Date,
): Promise<Calendar> {
  await requireCalendar(tx, id)
  const { numUpdatedRows } = await tx
    .updateTable('calendars')
    .set({ ...toColumns(fields), ...nextVersion(by, now) })
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new AppError('changed-meanwhile')
  await recordAudit(tx, by, 'calendar.changed', { type: 'calendar', id }, { name: fields.name }, now)
  return requireCalendar(tx, id)
}

/** Inboxes that used it are always open from then on. */
export async function deleteCalendar(tx: Database, by: Actor, id: string, now: Date): Promise<void> {
  const { name } = await requireCalendar(tx, id)
  await tx.deleteFrom('calendars').where('id', '=', id).execute()
  await recordAudit(tx, by, 'calendar.deleted', { type: 'calendar', id }, { name }, now)
}

function toColumns({ name, timeZone, alwaysOpen, weekly, holidays }: CalendarFields) {
  checkTimeZone(timeZone)
  return {
    name,
    time_zone: timeZone,
    always_open: alwaysOpen,
    weekly: JSON.stringify(weekly),
    holidays: JSON.stringify(holidays),
  }
}
