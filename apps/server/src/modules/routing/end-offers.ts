import type { offerOutcomes } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { codeOf } from '#platform/thrown'
import { noteRoutingEvent } from './routing-event.ts'
import type { Queryable } from './work-item-row.ts'

export interface EndedOffer {
  id: string
  item_id: string
  agent_id: string
  outcome: (typeof offerOutcomes)[number]
}

/** Ends all open offers of an item: accepted for who took it, withdrawn for the others. */
export async function endOffersOf(
  client: Queryable,
  itemId: string,
  takenBy: string | null,
  now: Date,
): Promise<EndedOffer[]> {
  const { rows } = await client.query<EndedOffer>({
    name: 'end-offers',
    text: `update offers set ended_at = $3, outcome = case when agent_id = $2 then 'accepted' else 'withdrawn' end
     where item_id = $1 and ended_at is null returning id, item_id, agent_id, outcome`,
    values: [itemId, takenBy, now],
  })
  await Promise.all(
    rows.map(({ id, agent_id: agentId, outcome }) =>
      noteRoutingEvent(client, 'offer.ended', { offerId: id, itemId, agentId, outcome, reasonId: null }, now),
    ),
  )
  return rows
}

/**
 * Offers that are accepted: each item is in the hands of its agent, who has missed nothing in a row; whatever else rang for
 * it is withdrawn. Throws `offer-over` when one does not find its offer: then none of the transaction holds.
 */
export async function takeOffered(
  client: Queryable,
  taken: readonly { itemId: string | null; agentId: string }[],
  now: Date,
): Promise<void> {
  if (taken.length === 0) return
  try {
    await client.query({
      name: 'take-offered',
      text: takeText,
      values: [taken.map(({ itemId }) => itemId), taken.map(({ agentId }) => agentId), now],
    })
  } catch (error) {
    throw codeOf(error) === refusedCode ? new AppError('offer-over', { cause: error }) : error
  }
}

/** Of the function `insist` in the database. */
const refusedCode = 'QI001'

/**
 * Items are locked before their offers, as everywhere, and before agents, who come in the order of their ids. The tests for
 * truth have the planner look for items by their keys, and not for these few among all that ring.
 */
const takeText = `
with taken as (
  select item.id as item_id, given.agent_id from unnest($1::uuid[], $2::uuid[]) as given (item_id, agent_id)
    join work_items as item on item.id = given.item_id
  where item.id = any($1::uuid[]) and (item.state = 'offered') is true order by item.id for update of item
),
ended as (
  update offers set ended_at = $3, outcome = case when offers.agent_id = taken.agent_id then 'accepted' else 'withdrawn' end
  from taken where offers.item_id = taken.item_id and offers.item_id = any($1::uuid[]) and (offers.ended_at is not null) is false
  returning offers.id, offers.item_id, offers.agent_id, offers.outcome
),
told as (
  insert into routing_events (id, at, kind, body)
  select gen_random_uuid(), $3::timestamptz, 'offer.ended', jsonb_build_object('offerId', id, 'itemId', item_id,
    'agentId', agent_id, 'outcome', outcome, 'reasonId', null) from ended
),
held as (
  update work_items as item set state = 'held', agent_id = ended.agent_id, accepted_at = $3,
    left_queue_at = greatest($3, entered_at), queue_outcome = 'answered'
  from ended where item.id = ended.item_id and ended.outcome = 'accepted' returning item.agent_id
),
missed as (
  select agent_id from agent_work where misses > 0 and agent_id in (select agent_id from held)
  order by agent_id for update
),
answered as (update agent_work as work set misses = 0 from missed where work.agent_id = missed.agent_id)
select insist(count(*) = cardinality($1::uuid[]), 'an offer was over') from held`

interface OpenOffer {
  id: string
  item_id: string
  agent_id: string
}

/**
 * An agent does not take it: it goes back to its old place, and is not offered to them again for a while. The item must be
 * locked. Answers false when the offer had ended already.
 */
export async function refuseOffer(
  client: Queryable,
  { id, item_id: itemId, agent_id: agentId }: OpenOffer,
  {
    outcome,
    reasonId,
    coolDownUntil,
  }: { outcome: 'declined' | 'missed'; reasonId: string | null; coolDownUntil: Date },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'update offers set ended_at = $2, outcome = $3, reason_id = $4 where id = $1 and ended_at is null',
    [id, now, outcome, reasonId],
  )
  if (rowCount === 0) return false
  await client.query(
    `update work_items set declined = declined || $2::jsonb,
       state = case when exists (select from offers where item_id = $1 and ended_at is null) then state else 'waiting' end
     where id = $1 and state = 'offered'`,
    [itemId, JSON.stringify([{ agentId, until: coolDownUntil.toISOString() }])],
  )
  await noteRoutingEvent(client, 'offer.ended', { offerId: id, itemId, agentId, outcome, reasonId }, now)
  return true
}
