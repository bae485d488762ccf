import type { Contact, MergeSuggestion, SuggestionReason } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import { contactColumns, type ContactRow, contactVisibleTo, toContact } from '#contacts'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { wholeTo } from './whole-sight.ts'

interface Found extends ContactRow {
  one_id: string
  kind: SuggestionReason['kind']
  value: string
  attribute: string | null
  shared: string | null
  whole: boolean
}

/** Names that hundreds bear tell nothing; each way of looking stops here, however many contacts there are. */
const mostOfAKind = 20
const mostShown = 10

/** Of a phone number; as the index has it. */
const bare = (table: string) => sql.raw(String.raw`regexp_replace(${table}.phone, '\D', '', 'g')`)
/** Without what is dialled before it. */
const digits = (table: string) => sql`ltrim(${bare(table)}, '0')`

const columnsOf = (table: string) =>
  sql.raw(
    contactColumns
      .split(', ')
      .map((column) => `${table}.${column}`)
      .join(', '),
  )

/**
 * Who may be the same as each of `ones` (rows of contacts), by claims that look alike: each an index look-up, stopped
 * early. The end of a phone number is compared, since people leave the country out.
 */
const lookAlikes = (agent: AgentPrincipal, ones: RawBuilder<unknown>): RawBuilder<Found> => sql<Found>`
  with ones as materialized (${ones}), candidates as (
    select ones.id as one_id, alike.* from ones cross join lateral (
      (select other.id, 'email' as kind, other.email as value, null as attribute, null as shared from contacts as other
        where lower(other.email) = lower(ones.email) and other.id <> ones.id and other.merged_into is null limit ${mostOfAKind})
      union all
      (select other.id, 'phone', other.phone, null, null from contacts as other
        where right(${bare('other')}, 8) = right(${bare('ones')}, 8) and length(${bare('ones')}) >= 8
          and (${digits('ones')} like '%' || ${digits('other')} or ${digits('other')} like '%' || ${digits('ones')})
          and other.phone is not null and other.id <> ones.id and other.merged_into is null limit ${mostOfAKind})
      union all
      (select other.contact_id, 'alias', alias.value, null, null
        from (select id from identities where contact_id = ones.id order by created_at desc limit 20) as own
        join identity_aliases as mine on mine.identity_id = own.id
        join identity_aliases as alias on alias.kind = mine.kind and alias.value = mine.value
        join identities as other on other.id = alias.identity_id and other.contact_id <> ones.id limit ${mostOfAKind})
      union all
      (select other.id, 'name', other.name, shared.key, shared.value #>> '{}'
        from (select * from contacts where name is not null and lower(name) = lower(ones.name) order by id desc limit 200) as other
        cross join lateral (select key, value from jsonb_each(other.attributes)
          where ones.attributes -> key = value and jsonb_typeof(value) in ('string', 'number') and length(value #>> '{}') > 1
          limit 1) as shared
        where other.id <> ones.id and other.merged_into is null limit ${mostOfAKind})
    ) as alike
  )
  select one_id, kind, value, attribute, shared, ${wholeTo(agent)} as whole, ${columnsOf('contacts')}
  from candidates cross join lateral (select * from contacts where id = candidates.id limit 1) as contacts
  where merged_into is null and ${contactVisibleTo(agent)} and not exists
    (select from contacts_apart where contact_id = one_id and other_id = contacts.id)`

function reasonOf({ kind, value, attribute, shared }: Found): SuggestionReason {
  return kind === 'name' ? { kind, value, attribute: attribute ?? '', shared: shared ?? '' } : { kind, value }
}

function gather(found: readonly Found[], whole: boolean): MergeSuggestion[] {
  const suggestions = new Map<string, MergeSuggestion>()
  for (const row of found) {
    const known = suggestions.get(row.id)
    if (!known)
      suggestions.set(row.id, { contact: toContact(row), reasons: [reasonOf(row)], mergeable: whole && row.whole })
    else if (!known.reasons.some(({ kind }) => kind === row.kind)) known.reasons.push(reasonOf(row))
  }
  return [...suggestions.values()].toSorted((one, other) => other.reasons.length - one.reasons.length)
}

/** For one contact; of two customers of the company's own system none is suggested. */
export async function suggestMerges(db: Database, agent: AgentPrincipal, contact: Contact): Promise<MergeSuggestion[]> {
  const { rows } = await lookAlikes(agent, sql`select * from contacts where id = ${contact.id}`).execute(db)
  const { rows: whole } = await sql`select from contacts where id = ${contact.id} and ${wholeTo(agent)}`.execute(db)
  return gather(rows, whole.length > 0)
    .filter((suggestion) => contact.externalId === null || suggestion.contact.externalId === null)
    .slice(0, mostShown)
}

/** How many contacts one page looks at. */
const partSize = 50

interface Pair {
  contact: Contact
  other: Contact
  reasons: SuggestionReason[]
  mergeable: boolean
}

/** Pairs among all contacts, those seen last first. Each pair comes with the one of both that was seen later. */
export async function listMergeSuggestions(
  db: Database,
  agent: AgentPrincipal,
  cursor: string | undefined,
): Promise<{ items: Pair[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, 2)
  const seen = sql`coalesce(last_seen_at, created_at)`
  const below = after ? sql`and (${seen}, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const { rows: part } = await sql<ContactRow & { whole: boolean }>`
    select ${sql.raw(contactColumns)}, ${wholeTo(agent)} as whole from contacts
    where merged_into is null and ${contactVisibleTo(agent)} ${below}
    order by ${seen} desc, id desc limit ${partSize}`.execute(db)
  const ids = part.map((row) => row.id)
  const { rows: found } = await lookAlikes(agent, sql`select * from contacts where id = any(${ids}::uuid[])`).execute(
    db,
  )
  const items = part.flatMap((row) => {
    const contact = toContact(row)
    return gather(
      found.filter(({ one_id }) => one_id === row.id),
      row.whole,
    )
      .filter(
        ({ contact: other }) => isLater(contact, other) && (contact.externalId === null || other.externalId === null),
      )
      .map(({ contact: other, reasons, mergeable }): Pair => ({ contact, other, reasons, mergeable }))
  })
  const last = part.at(-1)
  const position = last ? [(last.last_seen_at ?? last.created_at).toISOString(), last.id] : []
  return { items, nextCursor: part.length === partSize ? encodeCursor(position) : null }
}

function isLater(one: Contact, other: Contact): boolean {
  const [at, otherAt] = [one.lastSeenAt ?? one.createdAt, other.lastSeenAt ?? other.createdAt]
  return at === otherAt ? one.id > other.id : at > otherAt
}
