import { z } from 'zod'
import type { Revision, SendContext, SendResult } from '../contract.ts'
import { graph, resultOf } from '../families/meta/graph.ts'
import { addressOf, isUserId } from './address.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const sent = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })

/**
 * Reactions alone: what businesses have sent cannot be changed. An empty emoji takes it back, and a second one takes the
 * place of the first, so one without an answer is simply sent again.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages (2026-05-21)
 */
export async function revise(change: Revision, context: SendContext<Config>): Promise<SendResult> {
  const address = addressOf(change.to)
  if (change.kind !== 'react' || address === null) return { kind: 'rejected', problem: { code: 'unsupported' } }
  const answer = await graph(context, {
    method: 'POST',
    path: `${context.config.phoneNumberId}/messages`,
    json: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...(isUserId(address) ? { recipient: address } : { to: address }),
      type: 'reaction',
      reaction: { message_id: change.messageId, emoji: change.emoji ?? '' },
    },
  })
  if (answer.kind !== 'ok') return resultOf(answer, rules, true)
  return { kind: 'accepted', messageId: sent.safeParse(answer.value).data?.messages[0]?.id ?? null }
}
