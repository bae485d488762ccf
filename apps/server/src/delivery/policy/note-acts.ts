import { afterAct } from '@qiao/channels'
import { inTransaction, readScope, replyPolicyMoved } from '#conversations'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { latestConversation } from '../inbound/provider-messages.ts'
import { changeLedger } from './ledger.ts'

/** What the customer did opens a window from when it was done, not from when we heard of it. */
export async function noteAct(
  deps: ChannelDeps,
  { capabilities: rules }: Account,
  identityId: string,
  act: string,
  at: string,
): Promise<void> {
  // A channel without a window needs no book of it.
  if (rules.window === null) return
  const now = deps.clock.now().getTime()
  const said = Date.parse(at)
  // A provider whose clock is ahead of ours must not make the window longer.
  const openedAt = Number.isNaN(said) ? now : Math.min(said, now)
  await inTransaction(deps.pool, (client) =>
    changeLedger(client, identityId, (ledger) => afterAct(rules, ledger, act, openedAt)),
  )
  await hintPolicy(deps, identityId)
}

export async function noteConsent(deps: ChannelDeps, identityId: string, wanted: boolean): Promise<void> {
  await inTransaction(deps.pool, (client) =>
    changeLedger(client, identityId, (ledger) => ({ ...ledger, optedOut: !wanted })),
  )
  await hintPolicy(deps, identityId)
}

/** Composers that show what may be sent ask again. */
export async function hintPolicy(deps: ChannelDeps, identityId: string): Promise<void> {
  const conversationId = await latestConversation(deps.db, identityId)
  const scope = conversationId ? await readScope(deps.db, conversationId) : null
  if (scope) deps.bus.publish(replyPolicyMoved, { scope })
}
