import { type Contact, type ContactMerge, planUndo } from '@qiao/protocol'
import { sql } from 'kysely'
import { type Actor, recordAudit } from '#access'
import { announceMerge, findContact } from '#contacts'
import { authorOf, type ConversationDeps, inTransaction, type Transaction } from '#conversations'
import type { Database } from '#platform/database/connect'
import { onClient } from '#platform/database/on-client'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { keepApartWithin } from './keep-apart.ts'
import { identitiesOf, lockContacts, mustFind } from './merge-contacts.ts'
import { queryMerges } from './merge-row.ts'
import { seesWhole } from './whole-sight.ts'
import { writeFields } from './write-contact.ts'
import { moveIdentities } from './move-identities.ts'

export interface Undone {
  contact: Contact
  from: Contact
}

/**
 * Sends the identities back to whom they came from, with all that was said through them, then and since. What the contact
 * that stayed took over goes back too, unless somebody has changed it since. The two are kept apart from then on.
 */
export async function undoMerge(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  by: NonNullable<Actor>,
  id: string,
): Promise<Undone> {
  const [known] = await queryMerges(deps.db, sql`where merge.id = ${id}`)
  if (!known) throw new AppError('not-found')
  if (!(await seesWhole(deps.db, agent, known.intoId))) throw new AppError('not-found')
  const done = await inTransaction(deps.pool, (_client, transaction) =>
    undoWithin(deps, transaction, { agent, by, id }),
  )
  if (done.repeated) return done
  for (const one of done.appended) deps.appender.announce(one)
  const { contact, from, inboxIds, identityIds } = done
  announceMerge(deps.bus, { contact, fromId: from.id, inboxIds, identityIds, undone: true, restored: from })
  return { contact, from }
}

async function undoWithin(
  deps: ConversationDeps,
  transaction: Transaction,
  { agent, by, id }: { agent: AgentPrincipal; by: NonNullable<Actor>; id: string },
) {
  const tx = onClient(transaction.client)
  const now = deps.clock.now()
  const merge = await lockMerge(tx, id)
  const { intoId, from } = merge
  const into = await findContact(tx, intoId)
  if (merge.undoneAt) {
    const [contact, other] = [into, await findContact(tx, from.id)]
    if (!contact || !other) throw new AppError('merged-further')
    return { contact, from: other, appended: [], inboxIds: [], identityIds: [], repeated: true }
  }
  if (!into) throw new AppError('merged-further')
  const others = await queryMerges(
    tx,
    sql`where into_id = ${intoId} and undone_at is null and merge.id <> ${id} and merge.at >= ${merge.at} order by merge.at, merge.id`,
  )
  const plan = planUndo(into, merge, others)
  for (const [otherId, changes] of plan.others) {
    await sql`update contact_merges set changes = ${JSON.stringify(changes)}::jsonb where id = ${otherId}`.execute(tx)
  }
  await writeFields(tx, intoId, plan.fields)
  await sql`update contacts set merged_into = null, version = version + 1 where id = ${from.id}`.execute(tx)
  await sql`update contact_merges set undone_at = ${now}, undone_by = ${by.agentId} where id = ${id}`.execute(tx)
  const before = await identitiesOf(tx, intoId)
  const identityIds = await theirs(tx, merge)
  await sql`
    update contact_trail set contact_id = ${from.id} where contact_id = ${intoId} and
      (identity_id = any(${identityIds}::uuid[]) or id = any((select trail_ids from contact_merges where id = ${id})::uuid[]))`.execute(
    tx,
  )
  const to = await mustFind(tx, from.id)
  const move = { identityIds, fromId: intoId, to, author: authorOf(agent), mergeId: id, undone: true }
  const appended = await moveIdentities(deps, transaction, move, now)
  await sql`delete from contacts_apart where merge_id = ${id}`.execute(tx)
  await keepApartWithin(tx, { contactId: intoId, otherId: from.id, agentId: by.agentId }, now)
  await recordAudit(
    tx,
    by,
    'contact.unmerged',
    { type: 'contact', id: intoId },
    { fromContactId: from.id, mergeId: id },
    now,
  )
  const inboxIds = [...new Set(before.map((identity) => identity.inbox_id))]
  return { contact: await mustFind(tx, intoId), from: to, appended, inboxIds, identityIds, repeated: false }
}

/** Contacts first, as merging does, or the two could wait for each other. */
async function lockMerge(tx: Database, id: string): Promise<ContactMerge> {
  const read = async (): Promise<ContactMerge> => {
    const [merge] = await queryMerges(tx, sql`where merge.id = ${id}`)
    if (!merge) throw new AppError('not-found')
    return merge
  }
  const { intoId, from } = await read()
  await lockContacts(tx, [intoId, from.id])
  return read()
}

/** Those that came with it and are still here, and later ones of the same people: in a group, under a post. */
async function theirs(tx: Database, { id, intoId }: ContactMerge): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with merge as (select identity_ids, at from contact_merges where id = ${id})
    select identity.id from identities as identity, merge
    where contact_id = ${intoId} and (identity.id = any(merge.identity_ids) or (identity.created_at > merge.at and exists
      (select from identities as came where came.id = any(merge.identity_ids) and came.inbox_id = identity.inbox_id
        and came.peer_address = identity.peer_address)))`.execute(tx)
  return rows.map((row) => row.id)
}
