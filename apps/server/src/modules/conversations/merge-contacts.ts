import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

/**
 * A visitor turns out to be a customer whom we know: what was said so far moves to that contact. The row that stays
 * behind points there, so that a message on its way still finds the right person.
 */
export async function mergeContacts(db: Database, fromId: string, intoId: string): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    await sql`select from contacts where id = any(${[fromId, intoId]}::uuid[]) order by id for update`.execute(tx)
    await sql`update identities set contact_id = ${intoId} where contact_id = ${fromId}`.execute(tx)
    const moved = await sql<{ id: string }>`
      update conversations set contact_id = ${intoId} where contact_id = ${fromId} returning id`.execute(tx)
    await sql`update contact_trail set contact_id = ${intoId} where contact_id = ${fromId}`.execute(tx)
    await sql`update contacts set merged_into = ${intoId}, version = version + 1 where id = ${fromId}`.execute(tx)
    await sql`
      update contacts as into_contact set
        device = coalesce(from_contact.device, into_contact.device),
        attributes = from_contact.attributes || into_contact.attributes,
        version = into_contact.version + 1
      from contacts as from_contact where into_contact.id = ${intoId} and from_contact.id = ${fromId}`.execute(tx)
    return moved.rows.map((row) => row.id)
  })
}
