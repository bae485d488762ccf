import type { Offer } from '@qiao/protocol'
import type { Queryable } from './work-item-row.ts'

export interface OfferRow {
  id: string
  item_id: string
  agent_id: string
  conversation_id: string
  queue_id: string
  channel: string
  made_at: Date
  expires_at: Date
  created_at: Date
  contact_name: string | null
  language: string | null
  preview: string | null
  agents: number
  step: number
  preferred: boolean
  policy: string
  score: number
}

/** An offer as its agent sees it. */
export interface Ringing {
  agentId: string
  offer: Offer
}

/** What rings at an agent. */
export async function readOpenOffers(client: Queryable, agentId: string): Promise<Ringing[]> {
  const { rows } = await client.query<OfferRow>({
    name: 'offers-of-agent',
    text: `select offers.id, offers.item_id, offers.agent_id, item.conversation_id, item.queue_id, item.channel, offers.made_at,
       offers.expires_at, item.created_at, contacts.name as contact_name, item.language,
       conversations.last_message ->> 'preview' as preview, cardinality(decision.agent_ids) as agents, decision.step,
       decision.preferred, decision.policy, decision.score
     from offers join work_items as item on item.id = offers.item_id
       join routing_decisions as decision on decision.id = offers.decision_id
       join conversations on conversations.id = item.conversation_id
       join contacts on contacts.id = conversations.contact_id
     where offers.ended_at is null and offers.agent_id = $1
     order by offers.made_at, offers.id`,
    values: [agentId],
  })
  return rows.map(toRinging)
}

export const toRinging = (row: OfferRow): Ringing => ({
  agentId: row.agent_id,
  offer: {
    id: row.id,
    itemId: row.item_id,
    conversationId: row.conversation_id,
    queueId: row.queue_id,
    channel: row.channel,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    waitingSince: row.created_at.toISOString(),
    contact: { name: row.contact_name, language: row.language },
    preview: row.preview ?? '',
    shared: row.agents > 1,
    why: { step: row.step, preferred: row.preferred, policy: row.policy, score: row.score },
  },
})
