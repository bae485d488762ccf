import type { Marks } from '@qiao/protocol'
import { sql } from 'kysely'
import type { AgentPrincipal } from '#platform/principal'
import { readItem } from './conversation-item.ts'
import { conversationColumns, type ConversationRow, toConversation, toMarks } from './conversation-row.ts'
import { scopeOf } from './appender.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { agentRead, marksMoved } from './topics.ts'

/**
 * An agent has read up to a public number: the agent's own count goes to zero, and the customer sees "read". Unread is
 * the agent's own affair: the customer's mark stays.
 */
export async function markRead(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  input: { id: string; upToPublicSeq: number; unread: boolean },
): Promise<{ unreadCount: number }> {
  const { conversation, marks } = await readItem(deps.db, agent, input.id)
  const readCount = input.unread ? Math.max(0, conversation.receivedCount - 1) : conversation.receivedCount
  const readSeq = input.unread ? 0 : conversation.lastSeq
  await sql`
    insert into agent_reads (agent_id, conversation_id, received_count, seq)
    values (${agent.agentId}, ${input.id}, ${readCount}, ${readSeq})
    on conflict (agent_id, conversation_id) do update set received_count = excluded.received_count, seq = excluded.seq`.execute(
    deps.db,
  )
  const upTo = Math.min(input.upToPublicSeq, conversation.lastPublicSeq)
  if (!input.unread && upTo > marks.agentReadSeq) await moveMarks(deps, input.id, { agentReadSeq: upTo })
  const unreadCount = conversation.receivedCount - readCount
  deps.bus.publish(agentRead, { agentId: agent.agentId, conversationId: input.id, unreadCount })
  return { unreadCount }
}

/** The customer's device has shown, or the customer has read, up to a public number. */
export async function markByContact(
  deps: ConversationDeps,
  conversationId: string,
  contactId: string,
  seen: { deliveredSeq?: number | undefined; readSeq?: number | undefined },
): Promise<void> {
  await moveMarks(
    deps,
    conversationId,
    { contactReadSeq: seen.readSeq ?? 0, contactDeliveredSeq: Math.max(seen.deliveredSeq ?? 0, seen.readSeq ?? 0) },
    contactId,
  )
}

/** What the channel reports of messages that went out: taken by the provider, on the device, seen. */
export async function markByChannel(
  deps: ConversationDeps,
  conversationId: string,
  seen: { sentSeq?: number; deliveredSeq?: number; readSeq?: number },
): Promise<void> {
  const readSeq = seen.readSeq ?? 0
  const deliveredSeq = Math.max(seen.deliveredSeq ?? 0, readSeq)
  const sentSeq = Math.max(seen.sentSeq ?? 0, deliveredSeq)
  await moveMarks(deps, conversationId, { sentSeq, contactReadSeq: readSeq, contactDeliveredSeq: deliveredSeq })
}

/** Marks only grow and never pass the end, whatever a client claims. */
async function moveMarks(deps: ConversationDeps, id: string, to: Partial<Marks>, contactId?: string): Promise<void> {
  const { rows } = await sql<ConversationRow>`
    update conversations set
      sent_seq = greatest(sent_seq, least(last_public_seq, ${to.sentSeq ?? null}::int)),
      contact_delivered_seq = greatest(contact_delivered_seq, least(last_public_seq, ${to.contactDeliveredSeq ?? 0}::int)),
      contact_read_seq = greatest(contact_read_seq, least(last_public_seq, ${to.contactReadSeq ?? 0}::int)),
      contact_read_count = case when ${to.contactReadSeq ?? 0}::int >= last_public_seq then sent_count else contact_read_count end,
      agent_read_seq = greatest(agent_read_seq, least(last_public_seq, ${to.agentReadSeq ?? 0}::int))
    where id = ${id} and contact_id = coalesce(${contactId ?? null}::uuid, contact_id) and (
      contact_delivered_seq < least(last_public_seq, ${to.contactDeliveredSeq ?? 0}::int)
      or sent_seq < least(last_public_seq, ${to.sentSeq ?? 0}::int)
      or contact_read_seq < least(last_public_seq, ${to.contactReadSeq ?? 0}::int)
      or agent_read_seq < least(last_public_seq, ${to.agentReadSeq ?? 0}::int))
    returning ${sql.raw(conversationColumns)}`.execute(deps.db)
  const [row] = rows
  if (row) deps.bus.publish(marksMoved, { scope: scopeOf(toConversation(row)), marks: toMarks(row) })
}
