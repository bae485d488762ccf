import type { Offer } from '@qiao/protocol'
import type { Queryable } from './work-item-row.ts'

interface OfferRow {
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

/** Offers that ring, as their agents see them: these, or all of one agent. */
export async function readOpenOffers(
  client: Queryable,
  by: { ids: readonly string[] } | { agentId: string },
): Promise<{ agentId: string; offer: Offer }[]> {
  const [name, condition] =
    'ids' in by ? ['these-offers', 'offers.id = any($1::uuid[])'] : ['offers-of-agent', 'offers.agent_id = $1']
  const { rows } = await client.query<OfferRow>({
    name,
    text: `select offers.id, offers.item_id, offers.agent_id, item.conversation_id, item.queue_id, item.channel, offers.made_at,
       offers.expires_at, item.created_at, contacts.name as contact_name, item.language,
       conversations.last_message ->> 'preview' as preview, cardinality(decision.agent_ids) as agents, decision.step,
       decision.preferred, decision.policy, decision.score
     from offers join work_items as item on item.id = offers.item_id
       join routing_decisions as decision on decision.id = offers.decision_id
       join conversations on conversations.id = item.conversation_id
       join contacts on contacts.id = conversations.contact_id
     where offers.ended_at is null and ${condition}
     order by offers.made_at, offers.id`,
    values: ['ids' in by ? by.ids : by.agentId],
  })
  return rows.map((row) => ({
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
  }))
}
