import { callback, leftMessage } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { ConversationDeps } from '#conversations'
import { readRoutingOf } from './routing-of-inbox.ts'

type Deps = Pick<ConversationDeps, 'pool' | 'clock' | 'appender'>

export interface Customer {
  contactId: string
  inboxId: string
}

const uuids = (customers: readonly Customer[]) => [
  customers.map(({ contactId }) => contactId),
  customers.map(({ inboxId }) => inboxId),
]

/**
 * Customers opened the page on which they wait, in this process. Whoever comes back before the queue's grace is over keeps
 * the place; whoever comes back later waits live again, at the end.
 */
export async function noteCustomersHere(deps: Deps, nodeId: string, customers: readonly Customer[]): Promise<void> {
  // Of a message nobody is awaited; whoever left it by going away is looked for whenever they come.
  const { rows } = await deps.pool.query<{ id: string; conversation_id: string; left: boolean }>(
    `with customer as (select * from unnest($1::uuid[], $2::uuid[]) as customer (contact_id, inbox_id)),
       here as (insert into customer_presence (contact_id, inbox_id, node_id)
         select contact_id, inbox_id, id from customer, server_nodes where id = $3
         on conflict do nothing)
     update work_items as item set customer_gone_at = null
     from conversations as conversation join customer using (contact_id, inbox_id)
     where conversation.id = item.conversation_id and conversation.state = 'open' and item.purpose = 'serve'
       and item.state in ('waiting', 'offered', 'held')
       and (item.customer_gone_at is not null or item.channel = $4 and item.state <> 'held')
     returning item.id, item.conversation_id, item.state <> 'held' and item.channel = $4 and
       exists (select from work_items where id = item.previous_id and queue_outcome = 'abandoned') as left`,
    [...uuids(customers), nodeId, leftMessage],
  )
  for (const item of rows) if (item.left) await waitLiveAgain(deps, item)
}

/** The last page in this process was closed. Whoever stays away for longer than the queue's grace gives up the place. */
export async function noteCustomerGone(
  { pool, clock }: Pick<Deps, 'pool' | 'clock'>,
  nodeId: string,
  { contactId, inboxId }: Customer,
): Promise<void> {
  await pool.query(
    `with gone as (delete from customer_presence where contact_id = $1 and inbox_id = $2 and node_id = $3)
     update work_items as item set customer_gone_at = $4 from conversations as conversation
     where conversation.id = item.conversation_id and conversation.contact_id = $1 and conversation.inbox_id = $2
       and conversation.state = 'open' and item.purpose = 'serve' and item.state in ('waiting', 'offered', 'held')`,
    [contactId, inboxId, nodeId, clock.now()],
  )
}

/**
 * Run by the elected router: whose page was open in processes that are gone, and in no other one since, has gone at this
 * moment, as if they had closed it. Who opens it elsewhere meanwhile may still be marked; before anybody gives up a place
 * it is looked whether a page is open (`noteGoneCustomers`).
 */
export async function forgetLostCustomers({ pool, clock }: Pick<Deps, 'pool' | 'clock'>): Promise<void> {
  await pool.query(
    `with lost as (delete from customer_presence
         where not exists (select from server_nodes where id = node_id) returning contact_id, inbox_id),
       gone as (select distinct contact_id, inbox_id from lost where not exists (
         select from customer_presence as other join server_nodes on id = node_id
         where other.contact_id = lost.contact_id and other.inbox_id = lost.inbox_id))
     update work_items as item set customer_gone_at = $1
     from conversations as conversation join gone using (contact_id, inbox_id)
     where conversation.id = item.conversation_id and conversation.state = 'open' and item.purpose = 'serve'
       and item.state in ('waiting', 'offered', 'held') and item.customer_gone_at is null`,
    [clock.now()],
  )
}

const waitLiveAgain = (
  { pool, appender }: Deps,
  { id, conversation_id: conversationId }: { id: string; conversation_id: string },
): Promise<unknown> =>
  readRoutingByConversation(pool, conversationId).then((channel) =>
    appender.append({
      conversationId,
      clientKey: `back:${id}`,
      author: { type: 'system' },
      decide: ({ queue }) =>
        queue?.itemId === id && queue.channel !== callback
          ? [
              {
                kind: 'conversation.queued',
                body: { itemId: uuidv7(), queueId: queue.queueId, channel, cause: 'came-back' },
              },
            ]
          : [],
    }),
  )

async function readRoutingByConversation(pool: Deps['pool'], conversationId: string): Promise<string> {
  const { rows } = await pool.query<{ inbox_id: string; team_id: string | null }>(
    'select inbox_id, team_id from conversations where id = $1',
    [conversationId],
  )
  const [row] = rows
  return row
    ? (await readRoutingOf(pool, { id: conversationId, inboxId: row.inbox_id, teamId: row.team_id })).channel
    : leftMessage
}
