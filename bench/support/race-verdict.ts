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
/** What was committed this long before a decision must have been known to it: the router looks at least once a second. */
const knownAfterMs = 1_200
/** A claim that somebody's transaction stood in the way of is made again within moments: that is not passing over. */
const retriedWithinMs = 1_000

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
  // When each stay, and each return to its place, could be seen: a busy machine commits long after it began.
  const { rows: seen } = await pool.query<{ item_id: string; offer_id: string | null; at: number }>(
    `select body ->> 'itemId' as item_id, null as offer_id, ${ms('pg_xact_commit_timestamp(transaction_id::xid)')} as at
     from entries where kind = 'conversation.queued'
     union all
     select body ->> 'itemId', body ->> 'offerId', ${ms('pg_xact_commit_timestamp(transaction_id::xid)')}
     from routing_events where kind = 'offer.ended'`,
  )
  const { rows: decisions } = await pool.query<{ item_id: string; agent_ids: string[]; at: number }>(
    `select item_id, agent_ids, ${ms('at')} as at from routing_decisions order by at`,
  )
  const faults = [
    ...lost(items, wanted),
    ...heldTwice(items, offers),
    ...overLimit(items, offers),
    ...outOfOrder(items, offers, decisions, new Map(seen.map((row) => [row.offer_id ?? row.item_id, row.at]))),
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

/** Nobody who came later is offered to an agent while somebody waits whom that agent could have been given. */
function outOfOrder(
  items: readonly ItemRow[],
  offers: readonly OfferRow[],
  decisions: readonly { item_id: string; agent_ids: string[]; at: number }[],
  seenAt: ReadonlyMap<string, number>,
): string[] {
  const faults: string[] = []
  const byId = new Map(items.map((item) => [item.id, item]))
  const offersOf = Map.groupBy(offers, (offer) => offer.item_id)
  /** When an item truly waited: since it entered, less the times at which it rang. */
  const waits = items.flatMap((item) => {
    const rung = (offersOf.get(item.id) ?? []).toSorted((a, b) => a.made - b.made)
    const spans: { item: ItemRow; from: number; to: number; refusedBy: Set<string> }[] = []
    let from = seenAt.get(item.id) ?? Infinity
    const refusedBy = new Set<string>()
    for (const offer of rung) {
      spans.push({ item, from, to: offer.made, refusedBy: new Set(refusedBy) })
      from = seenAt.get(offer.id) ?? Infinity
      refusedBy.add(offer.agent_id)
    }
    spans.push({ item, from, to: item.left ?? Infinity, refusedBy })
    return spans.filter((span) => span.to - span.from > knownAfterMs)
  })
  const sorted = waits.toSorted((a, b) => a.item.created - b.item.created)
  for (const { item_id, agent_ids, at } of decisions) {
    const item = byId.get(item_id)
    const [agent = ''] = agent_ids
    if (!item) continue
    for (const wait of sorted) {
      if (wait.item.created >= item.created) break
      if (wait.from + knownAfterMs < at && at < wait.to - retriedWithinMs && !wait.refusedBy.has(agent)) {
        faults.push(`${item_id} was offered to ${agent} while ${wait.item.id}, who came before, waited`)
        break
      }
    }
  }
  return faults
}
