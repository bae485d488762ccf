import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

const columns: Record<string, string> = {
  name: 'name',
  email: 'email',
  phone: 'phone',
  avatarUrl: 'avatar_url',
  language: 'language',
  timeZone: 'time_zone',
}

/** Puts values into fields as `planMerge` names them; null empties one. */
export async function writeFields(tx: Database, id: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
  const changes = [sql`version = version + 1`]
  const attributes: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    const column = columns[field]
    if (column) changes.push(sql`${sql.raw(column)} = ${value}`)
    else if (field === 'device') changes.push(sql`device = ${value === null ? null : JSON.stringify(value)}::jsonb`)
    else attributes[field.slice('attributes.'.length)] = value
  }
  if (Object.keys(attributes).length > 0) {
    changes.push(sql`attributes = jsonb_strip_nulls(attributes || ${JSON.stringify(attributes)}::jsonb)`)
  }
  await sql`update contacts set ${sql.join(changes)} where id = ${id}`.execute(tx)
}
