import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { partOf, type PartRow, type WaitingDelivery } from '../outbound/delivery-row.ts'
import { failDelivery, postpone, recordUnsure } from '../outbound/record-outcome.ts'
import { readLedger } from '../policy/ledger.ts'
import { permissionOf } from '../policy/permission.ts'
import { answerReady } from '../topics.ts'
import { callOf, openUntil } from './open-calls.ts'

/** A try that nobody answered comes again within that. */
const againMs = 2_000
/** All tries of a call are over so long after the one that was to be answered. */
const triesMs = 12_000
const afterMs = 150

export type Waits = { kind: 'wait'; ms: number } | { kind: 'stop' }

/**
 * Whether this part is to leave as the answer of a call: one that is open has it for as long as it is; where there is no other
 * way it waits for the customer's next one. Null: it is sent like any other.
 */
export async function waitForCall(
  deps: ChannelDeps,
  { channel, capabilities, inbox }: Account,
  delivery: WaitingDelivery,
  part: PartRow,
): Promise<Waits | null> {
  const { answers } = capabilities
  if (!answers || delivery.thread_key !== null) return null
  if (!channel.webhook?.answers?.carries(partOf(part))) {
    if (!answers.only) return null
    await failDelivery(deps, delivery.entry_id, { code: 'unsupported' })
    return { kind: 'stop' }
  }
  const now = deps.clock.now().getTime()
  const graceMs = answers.only ? againMs : 0
  const until = await openUntil(deps.db, inbox.id, delivery.address, new Date(now - graceMs))
  if (until) {
    deps.bus.publish(answerReady, { inboxId: inbox.id, address: delivery.address })
    return { kind: 'wait', ms: until.getTime() + graceMs + afterMs - now }
  }
  return answers.only ? waitForNext(deps, capabilities, delivery) : null
}

/** Until the window shuts. What was said by itself is no news by the next time. */
async function waitForNext(
  deps: ChannelDeps,
  capabilities: Account['capabilities'],
  { entry_id: entryId, identity_id: identityId, body }: WaitingDelivery,
): Promise<Waits> {
  const now = deps.clock.now()
  const { free } = permissionOf(capabilities, await readLedger(deps.db, identityId), now)
  if (!free?.closesAt || body.notice) {
    await failDelivery(deps, entryId, { code: 'window-closed' })
    return { kind: 'stop' }
  }
  await postpone(deps.pool, entryId, new Date(free.closesAt), null)
  return { kind: 'wait', ms: Math.max(1_000, free.closesAt - now.getTime()) }
}

/**
 * It was made the answer of a call, and whether it was given is not known yet. While the provider may still call again it
 * gets it then; afterwards nobody knows.
 */
export async function waitForTries(deps: ChannelDeps, delivery: WaitingDelivery, part: PartRow): Promise<Waits> {
  const until = await callOf(deps.db, { entryId: delivery.entry_id, number: part.number })
  const leftMs = (until?.getTime() ?? 0) + triesMs - deps.clock.now().getTime()
  if (leftMs > 0) return { kind: 'wait', ms: leftMs }
  const detail = '服务器在应答调用时停止 The server stopped while it answered the call'
  await recordUnsure(deps, delivery, part.number, { code: 'no-answer', detail }, null)
  return { kind: 'stop' }
}
