import type pg from 'pg'
import { gatherReads } from '#platform/gathered-reads'
import type { AgentPrincipal } from '#platform/principal'
import { AppError } from '#platform/errors'
import { authorOf, inTransaction } from '#conversations'
import { refuseOffer } from './end-offers.ts'
import { readQueueIn } from './queue-row.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved, offerEnded, routingMoved } from './topics.ts'

interface Found {
  id: string
  item_id: string
  agent_id: string
  conversation_id: string
}

type FindOne = (id: string) => Promise<Found | null>
const finders = new WeakMap<pg.Pool, FindOne>()

function findOffer(pool: pg.Pool, id: string): Promise<Found | null> {
  const finder = finders.get(pool) ?? gatherReads((ids: readonly string[]) => findOffers(pool, ids))
  finders.set(pool, finder)
  return finder(id)
}

async function findOffers(pool: pg.Pool, ids: readonly string[]): Promise<(id: string) => Found | null> {
  const { rows } = await pool.query<Found>({
    name: 'find-offers',
    text: `select offers.id, item_id, offers.agent_id, conversation_id from offers
     join work_items on work_items.id = item_id where offers.id = any($1::uuid[])`,
    values: [ids],
  })
  const found = new Map(rows.map((row) => [row.id, row]))
  return (wanted) => found.get(wanted) ?? null
}

/** Taking an offer is being assigned the conversation: the follower of that entry refuses it when the offer is over. */
export async function acceptOffer(
  deps: Pick<RoutingDeps, 'pool' | 'appender'>,
  agent: AgentPrincipal,
  { id, clientKey }: { id: string; clientKey: string },
) {
  const found = await findOffer(deps.pool, id)
  if (found?.agent_id !== agent.agentId) throw new AppError('not-found')
  const { entries } = await deps.appender.append({
    conversationId: found.conversation_id,
    clientKey,
    author: authorOf(agent),
    decide: (conversation) => {
      if (conversation.assigneeId === agent.agentId) return []
      if (conversation.queue?.itemId !== found.item_id) throw new AppError('offer-over')
      return [{ kind: 'conversation.assigned', body: { agentId: agent.agentId, fromAgentId: null, cause: 'offered' } }]
    },
  })
  return { entries }
}

export async function declineOffer(
  deps: Pick<RoutingDeps, 'pool' | 'bus' | 'clock'>,
  agent: AgentPrincipal,
  { id, reasonId }: { id: string; reasonId: string | null },
): Promise<void> {
  const now = deps.clock.now()
  await inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<Found & { queue_id: string; outcome: string | null }>(
      `select offers.id, item_id, offers.agent_id, conversation_id, queue_id, outcome from offers
       join work_items as item on item.id = item_id where offers.id = $1 and offers.agent_id = $2 for update of item`,
      [id, agent.agentId],
    )
    const [found] = rows
    if (!found) throw new AppError('not-found')
    if (found.outcome === 'declined') return
    const queue = await readQueueIn(client, found.queue_id)
    const coolDownMs = (queue?.settings.offer.coolDownSeconds ?? 0) * 1000
    const coolDownUntil = new Date(now.getTime() + coolDownMs)
    const ended = await refuseOffer(client, found, { outcome: 'declined', reasonId, coolDownUntil }, now)
    if (!ended) throw new AppError('offer-over')
  })
  deps.bus.publish(offerEnded, { agentId: agent.agentId, offerId: id, outcome: 'declined' })
  deps.bus.publish(agentsMoved, { agentIds: [agent.agentId] })
  deps.bus.publish(routingMoved, {})
}
