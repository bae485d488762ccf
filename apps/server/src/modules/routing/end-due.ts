import { inTransaction } from '#conversations'
import { changeAgentWork, lockAgentWork } from './agent-work.ts'
import { refuseOffer } from './end-offers.ts'
import { unlessWrapUpOver } from './leave-queue.ts'
import { readQueueIn } from './queue-row.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { agentsMoved, offerEnded } from './topics.ts'
import type { Queryable } from './work-item-row.ts'

interface DueOffer {
  id: string
  item_id: string
  agent_id: string
  queue_id: string
}

/** In the words of the index by when they are over, which is for nobody else to use. */
const open = '(offers.ended_at is null) is true'

/** Offers that rang out: the work goes on, and who misses too many in a row gets no more until they say so. */
export async function endDueOffers({ pool, bus, clock }: Pick<RoutingDeps, 'pool' | 'bus' | 'clock'>): Promise<number> {
  const now = clock.now()
  const missed = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<DueOffer>(
      `select offers.id, item_id, offers.agent_id, queue_id from offers join work_items as item on item.id = item_id
       where ${open} and expires_at <= $1 order by item.id limit 500 for update of item skip locked`,
      [now],
    )
    const ended: DueOffer[] = []
    for (const offer of rows.toSorted((a, b) => (a.agent_id < b.agent_id ? -1 : 1))) {
      const queue = await readQueueIn(client, offer.queue_id)
      const { coolDownSeconds = 0, misses = 1 } = queue?.settings.offer ?? {}
      const coolDownUntil = new Date(now.getTime() + coolDownSeconds * 1000)
      if (!(await refuseOffer(client, offer, { outcome: 'missed', reasonId: null, coolDownUntil }, now))) continue
      ended.push(offer)
      const before = await lockAgentWork(client, offer.agent_id, now)
      // Whoever lost their connection did not ignore anything.
      if (!before.present) continue
      await client.query('update agent_work set misses = misses + 1 where agent_id = $1', [offer.agent_id])
      if (before.state === 'available' && before.misses + 1 >= misses)
        await changeAgentWork(client, before, { state: 'not-responding', cause: 'missed' }, now)
    }
    return ended
  })
  for (const { id, agent_id: agentId } of missed) bus.publish(offerEnded, { agentId, offerId: id, outcome: 'missed' })
  if (missed.length > 0) bus.publish(agentsMoved, { agentIds: missed.map((offer) => offer.agent_id) })
  return missed.length
}

/** After-contact work whose time is over ends by itself. */
export async function endDueWrapUps(deps: Pick<RoutingDeps, 'pool' | 'appender' | 'clock' | 'bus'>): Promise<number> {
  const { rows } = await deps.pool.query<{ id: string; conversation_id: string; agent_id: string }>(
    `select id, conversation_id, agent_id from work_items where state = 'wrap-up' and wrap_until <= $1 limit 500`,
    [deps.clock.now()],
  )
  await Promise.all(
    rows.map(({ id, conversation_id: conversationId }) =>
      unlessWrapUpOver(
        deps.appender.append({
          conversationId,
          clientKey: `wrap-up:${id}`,
          author: { type: 'system' },
          decide: () => [{ kind: 'conversation.wrapped-up', body: { itemId: id, dispositionId: null, cause: 'time' } }],
        }),
      ),
    ),
  )
  if (rows.length > 0) deps.bus.publish(agentsMoved, { agentIds: rows.map((row) => row.agent_id) })
  return rows.length
}

/** When the next offer or wrap-up ends by itself; null while there is none. */
export async function nextDue(client: Queryable): Promise<Date | null> {
  const { rows } = await client.query<{ at: Date | null }>({
    name: 'next-due',
    text: `select least((select min(expires_at) from offers where ${open}),
       (select min(wrap_until) from work_items where state = 'wrap-up')) as at`,
  })
  return rows[0]?.at ?? null
}
