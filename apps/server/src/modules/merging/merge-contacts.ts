import { type Contact, bothKnown, changesOf, type ContactMerge, type MergeCause, planMerge } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { type Actor, recordAudit } from '#access'
import { announceMerge, findContact } from '#contacts'
import { type Appended, type ConversationDeps, inTransaction, type Transaction } from '#conversations'
import type { Database } from '#platform/database/connect'
import { onClient } from '#platform/database/on-client'
import { AppError } from '#platform/errors'
import { queryMerges } from './merge-row.ts'
import { moveIdentities } from './move-identities.ts'
import { writeFields } from './write-contact.ts'

export interface MergeInput {
  intoId: string
  fromId: string
  cause: MergeCause
  by: Actor
  clientKey: string | null
  take: readonly string[]
}

export interface Merged {
  contact: Contact
  merge: ContactMerge
}

/** Refuses with `merge-both-known`, `merge-one-blocked`, or `changed-meanwhile` when one of them was merged a moment ago. */
export async function mergeContacts(deps: ConversationDeps, input: MergeInput): Promise<Merged> {
  const done = await inTransaction(deps.pool, (_client, transaction) => mergeWithin(deps, transaction, input))
  tellMerged(deps, done)
  return done
}

interface Done extends Merged {
  appended: Appended[]
  inboxIds: string[]
  identityIds: string[]
}

export async function mergeWithin(
  deps: ConversationDeps,
  transaction: Transaction,
  { intoId, fromId, cause, by, clientKey, take }: MergeInput,
): Promise<Done> {
  const tx = onClient(transaction.client)
  const now = deps.clock.now()
  await lockContacts(tx, [intoId, fromId])
  const [into, from] = [await findContact(tx, intoId), await findContact(tx, fromId)]
  if (!into || !from || intoId === fromId) throw new AppError('changed-meanwhile')
  if (bothKnown(into, from)) throw new AppError('merge-both-known')
  if ((into.blockedAt === null) !== (from.blockedAt === null)) throw new AppError('merge-one-blocked')
  const changes = changesOf(planMerge(into, from, take))
  const mergeId = uuidv7()
  const identities = await identitiesOf(tx, fromId)
  const identityIds = identities.map((identity) => identity.id)
  const { rows: trail } = await sql<{ id: string }>`
    update contact_trail set contact_id = ${intoId} where contact_id = ${fromId} returning id`.execute(tx)
  await sql`
    insert into contact_merges (id, from_id, into_id, cause, agent_id, client_key, at, changes, identity_ids, trail_ids)
    values (${mergeId}, ${fromId}, ${intoId}, ${cause}, ${by?.agentId ?? null}, ${clientKey}, ${now},
      ${JSON.stringify(changes)}::jsonb, ${identityIds}::uuid[], ${trail.map((row) => row.id)}::uuid[])`.execute(tx)
  await writeFields(tx, intoId, Object.fromEntries(changes.map(({ field, after }) => [field, after])))
  await sql`update contacts set last_seen_at = greatest(last_seen_at, ${from.lastSeenAt}) where id = ${intoId}`.execute(
    tx,
  )
  await sql`update contacts set merged_into = ${intoId}, version = version + 1 where id = ${fromId}`.execute(tx)
  await handOnApart(tx, { intoId, fromId, mergeId })
  const contact = await mustFind(tx, intoId)
  const author = by ? ({ type: 'agent', id: by.agentId } as const) : ({ type: 'system' } as const)
  const move = { identityIds, fromId, to: contact, author, mergeId, undone: false }
  const appended = await moveIdentities(deps, transaction, move, now)
  const details = { fromContactId: fromId, mergeId, cause, ...(contact.name ? { name: contact.name } : {}) }
  await recordAudit(tx, by, 'contact.merged', { type: 'contact', id: intoId }, details, now)
  const [merge] = await queryMerges(tx, sql`where merge.id = ${mergeId}`)
  if (!merge) throw new AppError('internal')
  const inboxIds = [...new Set([...identities, ...(await identitiesOf(tx, intoId))].map((each) => each.inbox_id))]
  return { contact, merge, appended, inboxIds, identityIds }
}

/** After the commit. */
export function tellMerged(deps: ConversationDeps, { contact, merge, appended, inboxIds, identityIds }: Done): void {
  for (const one of appended) deps.appender.announce(one)
  announceMerge(deps.bus, { contact, fromId: merge.from.id, inboxIds, identityIds, undone: false })
}

/** Without hindering rows that only refer to them: conversations go on meanwhile. */
export async function lockContacts(tx: Database, ids: readonly string[]): Promise<void> {
  await sql`select from contacts where id = any(${[...ids]}::uuid[]) order by id for no key update`.execute(tx)
}

export async function identitiesOf(tx: Database, contactId: string): Promise<{ id: string; inbox_id: string }[]> {
  const { rows } = await sql<{ id: string; inbox_id: string }>`
    select id, inbox_id from identities where contact_id = ${contactId} order by id for no key update`.execute(tx)
  return rows
}

export async function mustFind(tx: Database, id: string): Promise<Contact> {
  const contact = await findContact(tx, id)
  if (!contact) throw new AppError('internal')
  return contact
}

/** Who is not the one is not the other either; a person who merges the two has thought better of it. */
async function handOnApart(tx: Database, ids: { intoId: string; fromId: string; mergeId: string }): Promise<void> {
  const { intoId, fromId, mergeId } = ids
  await sql`
    delete from contacts_apart
    where (contact_id = ${intoId} and other_id = ${fromId}) or (contact_id = ${fromId} and other_id = ${intoId})`.execute(
    tx,
  )
  await sql`
    insert into contacts_apart (contact_id, other_id, agent_id, merge_id, at)
    select pair.contact_id, pair.other_id, agent_id, ${mergeId}, at
    from contacts_apart as known cross join lateral
      (values (${intoId}::uuid, known.other_id), (known.other_id, ${intoId}::uuid)) as pair (contact_id, other_id)
    where known.contact_id = ${fromId}
    on conflict do nothing`.execute(tx)
}
