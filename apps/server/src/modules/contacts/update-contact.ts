import type { Contact } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import { type Actor, recordAudit } from '#access'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { contactColumns, type ContactRow, toContact } from './contact-row.ts'
import type { ContactInput } from './create-contact.ts'
import { currentContact } from './read-contact.ts'

/** Changes what is given; attributes are merged and a null attribute is removed. */
export async function updateContact(db: Database, id: string, input: ContactInput): Promise<Contact> {
  return change(db, id, input, (_column, value) => sql`${value}`)
}

/**
 * What somebody says of themselves. It fills what is empty of a customer whom a signed token names and replaces nothing
 * there, decided as it is written: the token may arrive in the same moment.
 */
export async function updateByClaims(db: Database, id: string, input: ContactInput): Promise<Contact> {
  return change(db, id, input, (column, value) => {
    const known = sql.raw(column)
    return sql`case when external_id is null then ${value} else coalesce(${known}, ${value}) end`
  })
}

async function change(
  db: Database,
  id: string,
  input: ContactInput,
  said: (column: 'name' | 'email' | 'phone', value: unknown) => RawBuilder<unknown>,
): Promise<Contact> {
  const changes: RawBuilder<unknown>[] = [sql`version = version + 1`]
  const set = (column: string, value: unknown): void => {
    if (value !== undefined) changes.push(sql`${sql.raw(column)} = ${value}`)
  }
  const say = (column: 'name' | 'email' | 'phone', value: unknown): void => {
    if (value !== undefined) changes.push(sql`${sql.raw(column)} = ${said(column, value)}`)
  }
  say('name', input.name === '' ? null : input.name)
  say('email', input.email)
  say('phone', input.phone === '' ? null : input.phone)
  set('external_id', input.externalId)
  set('avatar_url', input.avatarUrl)
  set('language', input.language)
  set('time_zone', input.timeZone)
  if (input.attributes) {
    changes.push(sql`attributes = jsonb_strip_nulls(attributes || ${JSON.stringify(input.attributes)}::jsonb)`)
  }
  if (input.device) changes.push(sql`device = ${JSON.stringify(input.device)}::jsonb`)
  const { rows } = await sql<ContactRow>`
    update contacts set ${sql.join(changes)} where id = ${currentContact(id)}
    returning ${sql.raw(contactColumns)}`.execute(db)
  const [row] = rows
  if (!row) throw new AppError('not-found')
  return toContact(row)
}

export async function blockContact(db: Database, id: string, blocked: boolean, by: Actor, now: Date): Promise<Contact> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<ContactRow>`
      update contacts set blocked_at = ${blocked ? now : null}, version = version + 1 where id = ${id}
      returning ${sql.raw(contactColumns)}`.execute(tx)
    const [row] = rows
    if (!row) throw new AppError('not-found')
    const action = blocked ? 'contact.blocked' : 'contact.unblocked'
    await recordAudit(tx, by, action, { type: 'contact', id }, row.name ? { name: row.name } : {}, now)
    return toContact(row)
  })
}

/** Not a change that others must hear of at once, so the version stays. */
export async function touchContact(db: Database, id: string, now: Date): Promise<void> {
  await sql`update contacts set last_seen_at = ${now} where id = ${id}`.execute(db)
}
