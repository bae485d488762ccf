import type { trackVisitor } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import type { Database } from '#platform/database/connect'

const keptPerContact = 200

/** Pages seen and events of the page; only the newest of a contact are kept. */
export async function recordTrail(
  db: Database,
  { contactId, identityId }: { contactId: string; identityId: string },
  seen: z.output<typeof trackVisitor.body>,
  now: Date,
): Promise<void> {
  const rows = [
    ...seen.pages.map((body) => ({ kind: 'page', body })),
    ...seen.events.map((body) => ({ kind: 'event', body })),
  ].map((row) => Object.assign(row, { id: uuidv7() }))
  if (rows.length === 0) return
  await sql`
    insert into contact_trail (id, contact_id, identity_id, kind, body, at)
    select id, ${contactId}, ${identityId}, kind, body, ${now} from json_to_recordset(${JSON.stringify(rows)}) as row (id uuid, kind text, body jsonb)`.execute(
    db,
  )
  await sql`
    delete from contact_trail where contact_id = ${contactId} and at <
      (select at from contact_trail where contact_id = ${contactId} order by at desc offset ${keptPerContact} limit 1)`.execute(
    db,
  )
}
