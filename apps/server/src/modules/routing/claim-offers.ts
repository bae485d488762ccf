import type { Offer as Decided, Candidate } from '@qiao/routing'
import { uuidv7 } from 'uuidv7'
import { type OfferRow, type Ringing, toRinging } from './read-offers.ts'
import { storeCandidates } from './stored-candidates.ts'
import type { Queryable } from './work-item-row.ts'

/** A decision on its way into the database, with the versions of the rows on which it was made. */
export interface Claim {
  decided: Decided
  queueId: string
  itemVersion: number
  /** All that transactions before this one committed was known. */
  seenBefore: string
  agentsGained: ReadonlyMap<string, number>
  expiresAt: Date
  chosenBy: 'router' | 'hook'
  candidates: readonly Candidate[]
}

/**
 * Makes offers of decisions in one statement, each only if its item still waits and nothing came to its agents since: the
 * row is what counts, whatever a router believes. A row that somebody holds at this moment is about to change, so it is
 * passed over instead of waited for. Answers with the offers that were made, as they ring from now on.
 */
export async function claimOffers(client: Queryable, claims: readonly Claim[], now: Date): Promise<Ringing[]> {
  if (claims.length === 0) return []
  const wanted = claims.flatMap((claim) => {
    const decisionId = uuidv7()
    return claim.decided.agentIds.map((agentId) => ({
      offer_id: uuidv7(),
      decision_id: decisionId,
      item_id: claim.decided.itemId,
      item_version: claim.itemVersion,
      agent_id: agentId,
      agent_gained: claim.agentsGained.get(agentId) ?? -1,
      agents: claim.decided.agentIds.length,
      expires_at: claim.expiresAt,
      queue_id: claim.queueId,
      agent_ids: claim.decided.agentIds,
      step: claim.decided.step,
      score: claim.decided.score,
      policy: claim.decided.policy,
      preferred: claim.decided.preferred,
      chosen_by: claim.chosenBy,
      seen_before: claim.seenBefore,
      candidates: storeCandidates(claim.candidates),
    }))
  })
  const { rows } = await client.query<OfferRow>({
    name: 'claim-offers',
    text: claimText,
    values: [JSON.stringify(wanted), now, wanted.map((offer) => offer.item_id), wanted.map((offer) => offer.agent_id)],
  })
  return rows.map(toRinging)
}

const isoOf = (at: string): string => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * Rows are found by their keys. Asked for those that wait, the planner would read everybody who waits and pick these few, and
 * of 560 that was four fifths of the statement. `is true` keeps the indexes by state out of its sight.
 */
const claimText = `
with wanted as (
  select * from json_to_recordset($1) as wanted (offer_id uuid, decision_id uuid, item_id uuid, item_version bigint,
    agent_id uuid, agent_gained bigint, agents integer, expires_at timestamptz, queue_id uuid, agent_ids uuid[],
    step integer, score double precision, policy text, preferred boolean, chosen_by text, seen_before xid8,
    candidates jsonb)
),
free_items as (
  select item.id from work_items as item join (select distinct item_id, item_version from wanted) as wanted
    on wanted.item_id = item.id and wanted.item_version = item.version
  where item.id = any($3::uuid[]) and (item.state = 'waiting') is true for update of item skip locked
),
free_agents as (
  select work.agent_id from agent_work as work join (select distinct agent_id, agent_gained from wanted) as wanted
    on wanted.agent_id = work.agent_id and wanted.agent_gained = work.gained
  where work.agent_id = any($4::uuid[]) and work.state = 'available' and work.present for update of work skip locked
),
possible as (
  select wanted.*, count(*) over (partition by item_id) as able
  from wanted join free_items on free_items.id = wanted.item_id join free_agents using (agent_id)
),
claimed as (select * from possible where able = agents),
decisions as (
  insert into routing_decisions (id, at, item_id, queue_id, agent_ids, step, score, policy, preferred, chosen_by,
    seen_before, candidates)
  select distinct on (decision_id) decision_id, $2::timestamptz, item_id, queue_id, agent_ids, step, score, policy, preferred,
    chosen_by, seen_before, candidates from claimed
  returning id
),
made as (
  insert into offers (id, item_id, agent_id, decision_id, made_at, expires_at)
  select offer_id, item_id, agent_id, decision_id, $2, expires_at from claimed returning id
),
items as (
  update work_items set state = 'offered' where id in (select item_id from claimed) returning id
),
agents as (
  update agent_work set gained = gained + 1, last_offer_at = $2, offers_count = offers_count + taken.count
  from (select agent_id, count(*)::int as count from claimed group by agent_id) as taken
  where agent_work.agent_id = taken.agent_id returning agent_work.agent_id
),
concerned as (
  select claimed.*, item.conversation_id, item.channel, item.created_at, item.language from claimed join work_items as item on item.id = claimed.item_id
),
told as (
  insert into routing_events (id, at, kind, body)
  select gen_random_uuid(), $2::timestamptz, 'offer.made', jsonb_build_object('offerId', offer_id, 'itemId', item_id, 'agentId', agent_id,
    'conversationId', conversation_id, 'queueId', queue_id, 'expiresAt', ${isoOf('expires_at')}) from concerned
  union all
  select distinct on (decision_id) gen_random_uuid(), $2::timestamptz, 'routing.decided', jsonb_build_object('id', decision_id,
    'at', ${isoOf('$2::timestamptz')}, 'itemId', item_id, 'conversationId', conversation_id, 'queueId', queue_id,
    'agentIds', to_jsonb(agent_ids), 'step', step, 'score', score, 'policy', policy, 'preferred', preferred,
    'chosenBy', chosen_by) from concerned
  returning id
)
select offer_id as id, item_id, agent_id, conversation_id, queue_id, channel, $2::timestamptz as made_at, expires_at,
  concerned.created_at, contacts.name as contact_name, concerned.language, last_message ->> 'preview' as preview, agents, step,
  preferred, policy, score
from concerned join conversations on conversations.id = conversation_id join contacts on contacts.id = contact_id
where offer_id in (select id from made)`
