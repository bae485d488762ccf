import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '#platform/database/connect'

/** How somebody came to take part: by their own letter, by another's copy, by ours. */
type How = 'wrote' | 'copied' | 'written-to'

interface Person {
  address: string
  identityId?: string
  how: How
}

/** Whoever takes part already goes on as what they are; who has written is known by that from then on. */
export async function addPeople(
  client: Pick<pg.Pool | pg.ClientBase, 'query'>,
  conversationId: string,
  people: readonly Person[],
  now: Date,
): Promise<void> {
  if (people.length === 0) return
  const rows = [...new Map(people.map((person) => [person.address, person])).values()]
  await client.query(
    `insert into conversation_people as known (conversation_id, address, identity_id, how, since)
     select $1, address, identity_id, how, $3 from json_to_recordset($2) as person (address text, identity_id uuid, how text)
     on conflict (conversation_id, address) do update set
       identity_id = coalesce(known.identity_id, excluded.identity_id),
       how = case when excluded.how = 'wrote' then 'wrote' else known.how end`,
    [
      conversationId,
      JSON.stringify(
        rows.map(({ address, identityId, how }) => ({
          address: address.slice(0, 320),
          identity_id: identityId ?? null,
          how,
        })),
      ),
      now,
    ],
  )
}

interface Somebody {
  identityId: string
  contactId: string
  address: string
}

/** The customer whose conversation it is, whoever wrote in it, and who was written to in it. */
export async function takesPart(
  db: Database,
  conversationId: string,
  { identityId, contactId, address }: Somebody,
): Promise<boolean> {
  const { rows } = await sql`
    select from conversations where id = ${conversationId} and (identity_id = ${identityId} or contact_id = ${contactId})
    union all select from conversation_people
    where conversation_id = ${conversationId} and (identity_id = ${identityId} or address = ${address}) limit 1`.execute(
    db,
  )
  return rows.length > 0
}
