import { afterAllowing, mayAllow } from '@qiao/channels'
import { type Actor, recordAudit } from '#access'
import { type AppendCommand, appendAndFollow, inTransaction, readItem } from '#conversations'
import { onClient } from '#platform/database/on-client'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { ChannelDeps } from '../channel-deps.ts'
import { changeLedger } from './ledger.ts'
import { hintPolicy } from './note-acts.ts'
import { readPlace } from './place.ts'

interface Command {
  id: string
  clientKey: string
}

/**
 * A person takes back what stands in our book because a provider refused. Ledger, timeline and log of it are one commit.
 * Where nothing stands there any more, nothing happens; what the customer said is not ours to take back.
 */
export async function allowMessages(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  by: Actor,
  { id, clientKey }: Command,
): Promise<void> {
  const { conversation } = await readItem(deps.db, agent, id)
  const place = await readPlace(deps.db, id)
  if (!place) throw new AppError('not-found')
  const { identityId } = place
  const now = deps.clock.now()
  const appended = await inTransaction(deps.pool, async (client, transaction) => {
    const found = { allowed: false }
    await changeLedger(client, identityId, (ledger) => {
      if (!mayAllow(ledger) && ledger.stop)
        throw new AppError('customer-opted-out', { detail: 'The customer asked for it, and only they take it back' })
      found.allowed = mayAllow(ledger)
      return afterAllowing(ledger)
    })
    if (!found.allowed) return null
    const command: AppendCommand = {
      conversationId: id,
      clientKey,
      author: { type: 'agent', id: agent.agentId },
      decide: () => [{ kind: 'contact.consented', body: { wanted: true } }],
    }
    const [result] = await appendAndFollow(transaction, [command], now, deps.appender.follow)
    if (!result?.ok) throw result?.error
    const target = { type: 'contact', id: conversation.contactId }
    await recordAudit(onClient(client), by, 'contact.allowed-again', target, { conversationId: id }, now)
    return result.appended
  })
  if (!appended) return
  deps.appender.announce(appended)
  await hintPolicy(deps, identityId)
}
