import type { ConversationPerson } from '@qiao/protocol'
import { sql } from 'kysely'
import { canSeeContact } from '#contacts'
import { readItem } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { findUnreachable, liftUnreachable } from './unreachable.ts'

interface PersonRow {
  address: string
  how: ConversationPerson['how']
  since: Date
  contact_id: string | null
  contact_name: string | null
  own: boolean
}

const mostPeople = 200

/**
 * Who takes part by letters: whose conversation it is first, then in the order in which they came. A contact is named where
 * the address is known to be theirs, and the agent may see them.
 */
export async function listPeople(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  conversationId: string,
): Promise<ConversationPerson[]> {
  const { conversation } = await readItem(deps.db, agent, conversationId)
  const account = await openAccount(deps, conversation.inboxId)
  if (!account?.capabilities.letters) return []
  const { rows } = await sql<PersonRow>`
    with theirs as (
      select coalesce(identity.peer_address, identity.address) as address, conversations.created_at as since,
        identity.contact_id
      from conversations join identities as first on first.id = conversations.identity_id
      join identities as identity on identity.id = coalesce(first.moved_to, first.id)
      where conversations.id = ${conversationId}
    ), everybody as (
      select address, 'wrote' as how, since, contact_id, true as own from theirs
      union all
      select person.address, how, person.since, known.contact_id, false from conversation_people as person
      left join lateral (
        select contact_id from identities
        where id = person.identity_id or (inbox_id = ${conversation.inboxId} and address = person.address)
        order by (id = person.identity_id) desc nulls last limit 1) as known on true
      where conversation_id = ${conversationId} and person.address not in (select address from theirs)
    )
    select everybody.*, contacts.name as contact_name from everybody left join contacts on contacts.id = contact_id
    order by own desc, since, address limit ${mostPeople}`.execute(deps.db)
  const dead = await findUnreachable(
    deps.db,
    conversation.inboxId,
    rows.map(({ address }) => address),
  )
  const problems = new Map(dead.map(({ address, problem }) => [address, problem]))
  return Promise.all(
    rows.map(async (row) => ({
      address: row.address,
      how: row.how,
      since: row.since.toISOString(),
      contact:
        row.contact_id !== null && (row.own || (await canSeeContact(deps.db, agent, row.contact_id)))
          ? { id: row.contact_id, name: row.contact_name }
          : null,
      unreachable: problems.get(row.address) ?? null,
    })),
  )
}

/** Of somebody who takes part, contact or not. Gives whether there was anything to lift. */
export async function markReachable(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  { id, address }: { id: string; address: string },
): Promise<boolean> {
  const { conversation } = await readItem(deps.db, agent, id)
  const people = await listPeople(deps, agent, id)
  if (!people.some((person) => person.address === address)) throw new AppError('not-found')
  return liftUnreachable(deps.db, conversation.inboxId, address)
}
