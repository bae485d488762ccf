import type { Conversation, EntryBody } from '@qiao/protocol'
import { unitsUsed } from '@qiao/routing'
import { uuidv7 } from 'uuidv7'
import { AppError } from '#platform/errors'
import { restAgents, touchAgents } from './agent-work.ts'
import { endOffersOf } from './end-offers.ts'
import { endStay } from './leave-queue.ts'
import { loadAgents } from './load-agents.ts'
import { readRoutingOf } from './routing-of-inbox.ts'
import { lockServing, type Queryable, type WorkItemRow } from './work-item-row.ts'

type Cause = EntryBody<'conversation.assigned'>['cause']

/** An agent has it from now on: out of the queue, from a colleague, or from where nobody waited for anybody. */
export async function takeWork(
  client: Queryable,
  conversation: Conversation,
  agentId: string,
  cause: Cause,
  now: Date,
): Promise<void> {
  const item = await lockServing(client, conversation.id)
  if (!item || item.state === 'held') {
    if (item?.agent_id === agentId) return
    await touchAgents(client, [agentId], now)
    if (item) await endStay(client, item, 'transferred', now)
    const channel = item?.channel ?? (await readRoutingOf(client, conversation)).channel
    return startHolding(client, conversation, { channel, previous: item }, agentId, now)
  }
  if (cause === 'picked') await mustFitByHand(client, agentId, item.channel)
  const offers = await endOffersOf(client, item.id, agentId, now)
  const wasOffered = offers.some((offer) => offer.outcome === 'accepted')
  // What rang took its room already.
  if (!wasOffered) await touchAgents(client, [agentId], now)
  const held = client.query({
    name: 'hold-work',
    text: `update work_items set state = 'held', agent_id = $2, accepted_at = $3, left_queue_at = greatest($3, entered_at),
       queue_outcome = $4 where id = $1`,
    values: [item.id, agentId, now, wasOffered ? 'answered' : 'picked'],
  })
  await Promise.all([held, wasOffered ? restAgents(client, { answered: [agentId], ended: [] }, now) : null])
}

/** Work that comes to an agent without having waited. */
async function startHolding(
  client: Queryable,
  conversation: Conversation,
  { channel, previous }: { channel: string; previous: WorkItemRow | null },
  agentId: string,
  now: Date,
): Promise<void> {
  await client.query(
    `insert into work_items (id, previous_id, conversation_id, purpose, queue_id, channel, language, created_at,
       entered_at, left_queue_at, queue_outcome, state, agent_id, accepted_at)
     values ($1, $2, $3, 'serve', $4, $5, $6, $7, $8, $8, 'picked', 'held', $9, $8)`,
    [
      uuidv7(),
      previous?.id ?? null,
      conversation.id,
      previous?.queue_id ?? null,
      channel,
      conversation.language,
      previous?.created_at ?? now,
      now,
      agentId,
    ],
  )
}

/** Picking by hand may exceed the units by the profile's margin and no further. */
async function mustFitByHand(client: Queryable, agentId: string, channel: string): Promise<void> {
  const [loaded] = await loadAgents(client, [agentId])
  if (!loaded) return
  const { agent, pickMarginUnits } = loaded
  const cost = agent.capacity.channels.get(channel)?.units ?? 0
  if (unitsUsed(agent) + cost > agent.capacity.units + pickMarginUnits) throw new AppError('over-capacity')
}

/** A colleague takes part or is asked: that is work of theirs, beside whoever serves the customer. */
export async function joinWork(
  client: Queryable,
  conversation: Conversation,
  agentId: string,
  purpose: 'join' | 'consult',
  channel: string,
  now: Date,
): Promise<void> {
  await touchAgents(client, [agentId], now)
  await client.query(
    `insert into work_items (id, conversation_id, purpose, channel, language, created_at, entered_at, left_queue_at, state,
       agent_id, accepted_at)
     values ($1, $2, $3, $4, $5, $6, $6, $6, 'held', $7, $6)`,
    [uuidv7(), conversation.id, purpose, channel, conversation.language, now, agentId],
  )
}

export async function leaveWork(
  client: Queryable,
  conversationId: string,
  agentId: string | null,
  purpose: 'join' | 'consult',
  now: Date,
): Promise<void> {
  await client.query(
    `update work_items set state = 'ended', ended_at = $4
     where conversation_id = $1 and ($2::uuid is null or agent_id = $2) and purpose = $3 and state = 'held'`,
    [conversationId, agentId, purpose, now],
  )
}
