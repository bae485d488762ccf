import type pg from 'pg'

export interface RaceFigures {
  faults: string[]
  accepted: number
  declined: number
  missed: number
  /** The longest time from a kill to the next decision, in seconds. */
  failOverSeconds: number
}

interface OfferRow {
  id: string
  item_id: string
  agent_id: string
  made: number
  ended: number | null
  outcome: string | null
}
interface DecisionRow {
  item_id: string
  agent_ids: string[]
  at: number
  /** All that transactions before this one committed was known. */
  seen_before: string
}
interface ItemRow {
  id: string
  conversation_id: string
  agent_id: string | null
  priority: number
  created: number
  entered: number
  left: number | null
  accepted: number | null
  ended: number | null
  state: string
  purpose: string
}

/** The standard profile of a fresh server. */
const mostPerAgent = 5
/** A claim that somebody's transaction stood in the way of is made again within moments: that is not passing over. */
const retriedWithinMs = 1_000
/** Nor is it when the router comes to decide only once meanwhile, however long a busy machine keeps it from that. */
const retriedWithinPasses = 1

const ms = (column: string): string => `extract(epoch from ${column})::float8 * 1000`

/** Looks at what was recorded for what must never happen. */
export async function findRaceFaults(
  pool: pg.Pool,
  { items: wanted, kills }: { items: number; kills: readonly number[] },
): Promise<RaceFigures> {
  const { rows: items } = await pool.query<ItemRow>(
    `select id, conversation_id, agent_id, priority, ${ms('created_at')} as created, ${ms('entered_at')} as entered,
       ${ms('left_queue_at')} as left, ${ms('accepted_at')} as accepted, ${ms('ended_at')} as ended, state, purpose
     from work_items`,
  )
  const { rows: offers } = await pool.query<OfferRow>(
    `select id, item_id, agent_id, ${ms('made_at')} as made, ${ms('ended_at')} as ended, outcome from offers`,
  )
  // The transaction of each stay and of each return to its place: a decision says what it had seen.
  const { rows: began } = await pool.query<{ id: string; transaction: string }>(
    `select body ->> 'itemId' as id, transaction_id::text as transaction from entries where kind = 'conversation.queued'
     union all
     select body ->> 'offerId', transaction_id::text from routing_events where kind = 'offer.ended'`,
  )
  const { rows: decisions } = await pool.query<DecisionRow>(
    `select item_id, agent_ids, ${ms('at')} as at, seen_before::text from routing_decisions order by at`,
  )
  const faults = [
    ...lost(items, wanted),
    ...heldTwice(items, offers),
    ...overLimit(items, offers),
    ...outOfOrder(items, offers, decisions, new Map(began.map(({ id, transaction }) => [id, BigInt(transaction)]))),
  ]
  const count = (outcome: string): number => offers.filter((offer) => offer.outcome === outcome).length
  const failOvers = kills.map((at) => (decisions.find((decision) => decision.at > at + 50)?.at ?? Infinity) - at)
  return {
    faults,
    accepted: count('accepted'),
    declined: count('declined'),
    missed: count('missed'),
    failOverSeconds: Math.max(0, ...failOvers) / 1000,
  }
}

function lost(items: readonly ItemRow[], wanted: number): string[] {
  const faults: string[] = []
  const served = new Set(items.filter((item) => item.accepted !== null).map((item) => item.conversation_id))
  if (served.size !== wanted) faults.push(`${wanted} customers came, ${served.size} were served`)
  for (const item of items) if (item.state !== 'ended') faults.push(`item ${item.id} is still ${item.state}`)
  return faults
}

const overlaps = (a: [number, number], b: [number, number]): boolean => a[0] < b[1] && b[0] < a[1]

function heldTwice(items: readonly ItemRow[], offers: readonly OfferRow[]): string[] {
  const faults: string[] = []
  const byConversation = Map.groupBy(
    items.filter((item) => item.accepted !== null && item.purpose === 'serve'),
    (item) => item.conversation_id,
  )
  for (const [id, held] of byConversation) {
    const spans = held.map((item): [number, number] => [item.accepted ?? 0, item.ended ?? Infinity])
    if (spans.some((one, index) => spans.slice(index + 1).some((other) => overlaps(one, other))))
      faults.push(`conversation ${id} was held by two at once`)
  }
  for (const [id, rung] of Map.groupBy(offers, (offer) => offer.item_id)) {
    const spans = rung.map((offer): [number, number] => [offer.made, offer.ended ?? Infinity])
    if (spans.some((one, index) => spans.slice(index + 1).some((other) => overlaps(one, other))))
      faults.push(`item ${id} rang at two at once`)
    if (rung.filter(({ outcome }) => outcome === 'accepted').length > 1) faults.push(`item ${id} was accepted twice`)
  }
  return faults
}

/** At no moment does an agent hold, offers included, more than the profile allows. */
function overLimit(items: readonly ItemRow[], offers: readonly OfferRow[]): string[] {
  const spans = [
    ...items.flatMap(({ agent_id, accepted, ended }) =>
      agent_id && accepted !== null ? [{ agent: agent_id, from: accepted, to: ended ?? Infinity }] : [],
    ),
    ...offers.map(({ agent_id, made, ended }) => ({ agent: agent_id, from: made, to: ended ?? Infinity })),
  ]
  const faults: string[] = []
  for (const [agent, own] of Map.groupBy(spans, (span) => span.agent)) {
    const moves = own
      .flatMap(({ from, to }) => [
        { at: from, by: 1 },
        { at: to, by: -1 },
      ])
      .toSorted((a, b) => a.at - b.at || a.by - b.by)
    let held = 0
    for (const { at, by } of moves) {
      held += by
      if (held > mostPerAgent) faults.push(`agent ${agent} held ${held} at ${new Date(at).toISOString()}`)
    }
  }
  return faults
}

/**
 * Nobody who came later is offered to an agent while somebody waits of whom the router knew and whom that agent could have
 * been given. What it knew stands in the decision: what it takes to look and to decide does not count.
 */
export function outOfOrder(
  items: readonly Pick<ItemRow, 'id' | 'created' | 'left'>[],
  offers: readonly Pick<OfferRow, 'id' | 'item_id' | 'agent_id' | 'made'>[],
  decisions: readonly DecisionRow[],
  beganIn: ReadonlyMap<string, bigint>,
): string[] {
  const faults: string[] = []
  const byId = new Map(items.map((item) => [item.id, item]))
  const offersOf = Map.groupBy(offers, (offer) => offer.item_id)
  const passes = [...new Set(decisions.map(({ at }) => at))].toSorted((a, b) => a - b)
  /** The last decisions, or times of them, that may still have been made while a claim had to be made again. */
  const excusedFrom = (to: number): number => {
    const next = passes.findIndex((at) => at >= to)
    return Math.min(to - retriedWithinMs, passes[(next < 0 ? passes.length : next) - retriedWithinPasses] ?? -Infinity)
  }
  /** When an item truly waited: since it entered, less the times at which it rang. */
  const waits = items.flatMap((item) => {
    const rung = (offersOf.get(item.id) ?? []).toSorted((a, b) => a.made - b.made)
    const refusedBy = new Set<string>()
    let since = beganIn.get(item.id)
    const spans = rung.map((offer) => {
      const span = { item, since, to: excusedFrom(offer.made), refusedBy: new Set(refusedBy) }
      since = beganIn.get(offer.id)
      refusedBy.add(offer.agent_id)
      return span
    })
    return [...spans, { item, since, to: item.left === null ? Infinity : excusedFrom(item.left), refusedBy }]
  })
  const sorted = waits.toSorted((a, b) => a.item.created - b.item.created)
  for (const { item_id, agent_ids, at, seen_before } of decisions) {
    const item = byId.get(item_id)
    const [agent = ''] = agent_ids
    if (!item) continue
    const seenBefore = BigInt(seen_before)
    for (const wait of sorted) {
      if (wait.item.created >= item.created) break
      if (wait.since !== undefined && wait.since < seenBefore && at < wait.to && !wait.refusedBy.has(agent)) {
        faults.push(`${item_id} was offered to ${agent} while ${wait.item.id}, who came before, waited`)
        break
      }
    }
  }
  return faults
}
