import type { Contact, contactTrail, identity as identitySchema } from '@qiao/protocol'
import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import type { z } from 'zod'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { contactColumns, type ContactRow, toContact } from './contact-row.ts'

type Identity = z.output<typeof identitySchema>
type Trail = z.output<typeof contactTrail>

export async function findContact(db: Database, id: string): Promise<Contact | null> {
  const { rows } = await sql<ContactRow>`
    select ${sql.raw(contactColumns)} from contacts where id = ${id} and merged_into is null`.execute(db)
  return rows[0] ? toContact(rows[0]) : null
}

const contactAtText = `
select ${contactColumns.replaceAll(/\w+/g, 'contacts.$&')}, identities.id as identity_id
from identities join contacts on contacts.id = contact_id
where inbox_id = $1 and address = $2 and merged_into is null`

/** Who is known by an address of an inbox. */
export async function findContactAt(
  pool: Pick<pg.Pool, 'query'>,
  { inboxId, address }: { inboxId: string; address: string },
): Promise<{ identityId: string; contact: Contact } | null> {
  const { rows } = await pool.query<ContactRow & { identity_id: string }>({
    name: 'contact-at',
    text: contactAtText,
    values: [inboxId, address],
  })
  const [row] = rows
  return row ? { identityId: row.identity_id, contact: toContact(row) } : null
}

export async function findContactByExternalId(db: Database, externalId: string): Promise<Contact | null> {
  const { rows } = await sql<ContactRow>`
    select ${sql.raw(contactColumns)} from contacts where external_id = ${externalId} and merged_into is null`.execute(
    db,
  )
  return rows[0] ? toContact(rows[0]) : null
}

/** The contact that stands for this one now: itself, or the one that it was merged into. As a subquery. */
export const currentContact = (id: string): RawBuilder<string> => sql<string>`(
  with recursive line as (
    select id, merged_into from contacts where id = ${id}
    union all select next.id, next.merged_into from line join contacts as next on next.id = line.merged_into
  ) select id from line where merged_into is null)`

export async function currentContactId(db: Database, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select ${currentContact(id)} as id`.execute(db)
  return rows[0]?.id ?? null
}

export async function inboxesOf(db: Database, contactId: string): Promise<string[]> {
  const { rows } = await sql<{ inbox_id: string }>`
    select distinct inbox_id from identities where contact_id = ${contactId}`.execute(db)
  return rows.map((row) => row.inbox_id)
}

/** By which an inbox reaches the contact: the newest. */
export async function identityIn(
  db: Database,
  contactId: string,
  inboxId: string,
): Promise<{ id: string; address: string } | null> {
  const { rows } = await sql<{ id: string; address: string }>`
    select id, address from identities where contact_id = ${contactId} and inbox_id = ${inboxId}
    order by created_at desc limit 1`.execute(db)
  return rows[0] ?? null
}

interface IdentityRow {
  id: string
  inbox_id: string
  address: string
  verified: boolean
  created_at: Date
  problem: Identity['unreachable'] | null
}
const mostIdentities = 50

/** The newest; each sign-in of a customer who had been anonymous leaves one more behind. */
export async function listIdentities(db: Database, contactId: string): Promise<Identity[]> {
  const { rows } = await sql<IdentityRow>`
    select id, identities.inbox_id, identities.address, verified, created_at, problem
    from identities left join unreachable_addresses as dead
      on dead.inbox_id = identities.inbox_id and dead.address = coalesce(peer_address, identities.address)
    where contact_id = ${contactId} order by verified desc, created_at desc limit ${mostIdentities}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    inboxId: row.inbox_id,
    address: row.address,
    verified: row.verified,
    ...(row.problem ? { unreachable: row.problem } : {}),
    createdAt: row.created_at.toISOString(),
  }))
}

const trailLength = 50

export async function readTrail(db: Database, contactId: string): Promise<Trail> {
  const { rows } = await sql<{ kind: 'page' | 'event'; body: never; at: Date }>`
    select kind, body, at from contact_trail where contact_id = ${contactId} order by at desc limit ${trailLength}`.execute(
    db,
  )
  const of = <Item>(kind: 'page' | 'event'): Item[] =>
    rows.filter((row) => row.kind === kind).map((row) => Object.assign({}, row.body, { at: row.at.toISOString() }))
  return { visits: of('page'), events: of('event') }
}

/**
 * Contacts are seen by whoever sees an inbox through which they reach us. Not by `exists`, for which the planner reads
 * all identities and conversations into a hash before the first contact: each contact is looked up, until the page is full.
 */
export function contactVisibleTo(agent: AgentPrincipal): RawBuilder<boolean> {
  if (agent.inboxIds === 'all') return sql<boolean>`true`
  return sql<boolean>`coalesce(
    (select true from identities where identities.contact_id = contacts.id
      and identities.inbox_id = any(${[...agent.inboxIds]}::uuid[]) limit 1),
    (select true from conversations where conversations.contact_id = contacts.id and
      (conversations.assignee_id = ${agent.agentId} or conversations.team_id = any(${[...agent.teamIds]}::uuid[])) limit 1),
    false)`
}

export async function canSeeContact(db: Database, agent: AgentPrincipal, id: string): Promise<boolean> {
  const { rows } = await sql`select from contacts where id = ${id} and ${contactVisibleTo(agent)}`.execute(db)
  return rows.length > 0
}

/**
 * An address is looked for among addresses alone. Of names, fewer than three characters are looked for at the beginning: the
 * index knows what is inside by threes.
 */
function matches(words: string): RawBuilder<boolean> {
  if (words.includes('@'))
    return sql<boolean>`(lower(email) = lower(${words}) or id = any(array(
      select contact_id from identities where address like '%@%' and lower(address) = lower(${words}))))`
  const escaped = words.replaceAll(/[\\%_]/g, String.raw`\$&`)
  const pattern = Array.from(words).length < 3 ? `${escaped}%` : `%${escaped}%`
  return sql<boolean>`(name ilike ${pattern} or lower(email) = lower(${words}) or phone = ${words})`
}

/**
 * The newest so many are looked at one by one until a page is full, which is soon for who sees much. Who sees few among
 * many would wait for all of them to be looked at.
 */
const mostLookedAt = 1000

export async function listContacts(
  db: Database,
  agent: AgentPrincipal,
  query: { search?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: Contact[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, 2)
  const seen = sql`coalesce(last_seen_at, created_at)`
  const newestFirst = sql`order by ${seen} desc, id desc`
  const below = after ? sql`and (${seen}, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const page = sql`${newestFirst} limit ${query.limit + 1}`
  const read = async (from: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<ContactRow[]> =>
    (
      await sql<ContactRow>`
        select ${sql.raw(contactColumns)} from ${from}
        where merged_into is null and ${contactVisibleTo(agent)} ${below} ${order} limit ${query.limit + 1}`.execute(db)
    ).rows
  const browse = async (): Promise<ContactRow[]> => {
    const { inboxIds } = agent
    if (inboxIds === 'all') return read(sql`contacts`, newestFirst)
    // The planner knows the order of `seen` from inside, sorts nothing and stops with the page.
    const newest = sql`(select *, ${seen} as seen from contacts where merged_into is null ${below} ${newestFirst}
      limit ${mostLookedAt}) as contacts`
    const rows = await read(newest, sql`order by seen desc, id desc`)
    return rows.length > query.limit ? rows : readOwn(db, { ...agent, inboxIds }, sql`${below} ${page}`)
  }
  // What matches by itself (offset): else the planner may walk through all contacts by age in the hope that fifty soon do.
  const rows = query.search
    ? await read(sql`(select * from contacts where ${matches(query.search)} offset 0) as contacts`, newestFirst)
    : await browse()
  const items = rows.slice(0, query.limit).map(toContact)
  const last = items.at(-1)
  const position = last ? [last.lastSeenAt ?? last.createdAt, last.id] : []
  return { items, nextCursor: rows.length > query.limit ? encodeCursor(position) : null }
}

/** Gathered from the other side: who reaches us through the agent's inboxes, and whose matters are in their hands. */
async function readOwn(
  db: Database,
  { agentId, inboxIds, teamIds }: { agentId: string; inboxIds: readonly string[]; teamIds: readonly string[] },
  page: RawBuilder<unknown>,
): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    with own as (
      select contact_id as id from identities where inbox_id = any(${[...inboxIds]}::uuid[])
      union select contact_id from conversations where assignee_id = ${agentId} and state <> 'closed'
      union select contact_id from conversations where team_id = any(${[...teamIds]}::uuid[]) and state <> 'closed')
    select ${sql.raw(contactColumns)} from contacts join own using (id) where merged_into is null ${page}`.execute(db)
  return rows
}
