import { type QueueSettings, routingAnswer, type RoutingQuestion } from '@qiao/protocol'
import type { SafeFetch } from '#platform/safe-fetch'
import { signatureHeaders } from '#platform/webhook-signature'

interface Hook extends NonNullable<QueueSettings['hook']> {
  /** Newest first: during a rotation all of them sign. */
  secrets: readonly string[]
}

const mostBytes = 10_000

/**
 * Asks the company's own endpoint who of these gets an item. Null when it does not answer in time, not in our words, or with
 * somebody who cannot take it: then the router chooses, and nobody waits for it longer than the hook's limit.
 */
export async function askHook(safeFetch: SafeFetch, hook: Hook, question: RoutingQuestion): Promise<string | null> {
  const body = JSON.stringify(question)
  // Each time of asking is one message: an item may be asked about again when an offer was missed.
  const message = { id: `${question.data.item.id}:${question.timestamp}`, at: new Date(question.timestamp), body }
  try {
    const answer = await safeFetch(hook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Qiao-Routing/1',
        ...signatureHeaders(hook.secrets, message),
      },
      body,
      timeoutMs: hook.milliseconds,
      maxBytes: mostBytes,
    })
    if (answer.status !== 200) return null
    const { agentId } = routingAnswer.parse(JSON.parse(answer.body.toString('utf8')))
    return agentId !== null && question.data.agentIds.includes(agentId) ? agentId : null
  } catch {
    return null
  }
}
