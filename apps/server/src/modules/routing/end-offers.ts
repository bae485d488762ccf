import type { offerOutcomes } from '@qiao/protocol'
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
