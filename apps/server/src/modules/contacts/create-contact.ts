import type { Contact } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { contactColumns, type ContactRow, toContact } from './contact-row.ts'

export type ContactInput = Partial<Omit<Contact, 'id' | 'createdAt' | 'version' | 'blockedAt' | 'lastSeenAt'>>

export async function createContact(db: Database, input: ContactInput, now: Date): Promise<Contact> {
  const { rows } = await sql<ContactRow>`
    insert into contacts (id, name, email, phone, external_id, avatar_url, language, time_zone, attributes, device, created_at)
    values (${uuidv7()}, ${input.name ?? null}, ${input.email ?? null}, ${input.phone ?? null}, ${input.externalId ?? null},
      ${input.avatarUrl ?? null}, ${input.language ?? null}, ${input.timeZone ?? null},
      ${JSON.stringify(input.attributes ?? {})}::jsonb, ${input.device ? JSON.stringify(input.device) : null}::jsonb, ${now})
    on conflict (external_id) do nothing
    returning ${sql.raw(contactColumns)}`.execute(db)
  const [row] = rows
  if (!row) throw new AppError('conflict', { detail: 'Another contact has this external id' })
  return toContact(row)
}

/** One address within an inbox belongs to one contact. Gives the identity that is there already when there is one. */
export async function addIdentity(
  db: Database,
  identity: { contactId: string; inboxId: string; address: string; verified: boolean },
  now: Date,
): Promise<{ id: string; contactId: string }> {
  const { rows } = await sql<{ id: string; contact_id: string }>`
    insert into identities (id, contact_id, inbox_id, address, verified, created_at)
    values (${uuidv7()}, ${identity.contactId}, ${identity.inboxId}, ${identity.address}, ${identity.verified}, ${now})
    on conflict (inbox_id, address) do update set verified = identities.verified or excluded.verified
    returning id, contact_id`.execute(db)
  const [row] = rows
  if (!row) throw new AppError('internal')
  return { id: row.id, contactId: row.contact_id }
}
