import { type Problem } from '@qiao/channels'
import { addJobs } from '#platform/jobs/jobs'
import { messageOf } from '#platform/thrown'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { readyForCall } from '../answers/ready-for-call.ts'
import { waitForCall, waitForTries } from '../answers/wait-for-call.ts'
import { recipientsOf } from '../mails/letter-addresses.ts'
import { findUnreachable } from '../mails/unreachable.ts'
import { readLedger } from '../policy/ledger.ts'
import { accountIn } from '../threads/account-in.ts'
import { allowanceFor, permissionOf } from '../policy/permission.ts'
import { sentKind } from '../policy/sent-kind.ts'
import { deliverChange, nextChange, type WaitingChange } from './deliver-changes.ts'
import { nextDelivery, type PartRow, readParts, type WaitingDelivery } from './delivery-row.ts'
import { deliverJob } from './follow-deliveries.ts'
import { failDelivery, recordUnable } from './record-outcome.ts'
import { renderMessage } from './render-message.ts'
import { type Next, resolveUnsure, sendPart } from './send-part.ts'

/** Then other conversations have their turn. */
const turnMs = 20_000
const busyMs = 1_000
const unconfiguredMs = 60_000
/** Whoever waits for a slot is called; this is for those whose process died meanwhile. */
const uncalledMs = 30_000

/**
 * Sends what waits in a conversation, in its order. One process does so at a time: the lock is gone with the process, and
 * whoever comes then and finds a request half done knows that nobody is waiting for its answer any more.
 */
export async function deliverMessages(deps: ChannelDeps, conversationId: string, signal?: AbortSignal): Promise<void> {
  const again = await deps.locks.attempt(`deliver ${conversationId}`, (lost) =>
    deliverAll(deps, conversationId, signal ? AbortSignal.any([lost, signal]) : lost),
  )
  const pause = again === undefined ? { ms: busyMs } : again
  if (pause === null) return
  await addJobs(deps.db, [deliverJob(conversationId, new Date(deps.clock.now().getTime() + pause.ms))])
  if (pause.slotOf !== undefined) deps.slots.whenFree(pause.slotOf, () => wake(deps, conversationId))
}

function wake(deps: ChannelDeps, conversationId: string): void {
  addJobs(deps.db, [deliverJob(conversationId)]).catch((error: unknown) =>
    deps.log.warn(
      { conversationId, reason: messageOf(error) },
      'a conversation that waited for its turn was not called',
    ),
  )
}

/** After how many milliseconds to go on, or sooner: when that inbox has a slot. */
interface Pause {
  ms: number
  slotOf?: string
}

/** Gives null when all is done. */
async function deliverAll(deps: ChannelDeps, conversationId: string, lost: AbortSignal): Promise<Pause | null> {
  const endsAt = performance.now() + turnMs
  for (;;) {
    const delivery = await nextDelivery(deps.db, conversationId)
    const change = await nextChange(deps, conversationId)
    if (!delivery && !change) return null
    if (lost.aborted || performance.now() > endsAt) return { ms: 0 }
    const isNext = delivery && (!change || delivery.seq < change.seq)
    const pause = isNext ? await deliverNext(deps, delivery, lost) : change ? await changeNext(deps, change) : null
    if (pause !== null) return pause
  }
}

async function changeNext(deps: ChannelDeps, change: WaitingChange): Promise<Pause | null> {
  const ms = await deliverChange(deps, change)
  return ms === null ? null : { ms }
}

/** Gives null to go on at once. */
async function deliverNext(deps: ChannelDeps, delivery: WaitingDelivery, lost: AbortSignal): Promise<Pause | null> {
  const now = deps.clock.now()
  if (delivery.next_attempt_at && delivery.next_attempt_at > now) {
    return { ms: delivery.next_attempt_at.getTime() - now.getTime() }
  }
  const unable = async (problem: Problem, ms: number): Promise<Pause> => {
    await recordUnable(deps, delivery.entry_id, problem, new Date(now.getTime() + ms))
    return { ms }
  }
  const account = await openAccount(deps, delivery.inbox_id)
  if (!account) return unable({ code: 'not-connected' }, unconfiguredMs)
  const slot = deps.slots.take(delivery.inbox_id)
  if (slot.kind === 'silent') return unable({ code: 'no-answer' }, slot.ms)
  if (slot.kind === 'full') return { ms: uncalledMs, slotOf: delivery.inbox_id }
  try {
    const next = await deliverOne(deps, accountFor(account, delivery), delivery, lost)
    return next.kind === 'wait' ? { ms: next.ms } : null
  } finally {
    slot.giveBack()
  }
}

/** What answers something public in private goes out whatever the window is: once for each, which is held to elsewhere. */
function accountFor(account: Account, { body, thread_kind: kind }: WaitingDelivery): Account {
  const there = accountIn(account, kind)
  return body.privately ? { ...there, capabilities: { ...there.capabilities, window: null } } : there
}

async function deliverOne(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  lost: AbortSignal,
): Promise<Next> {
  const made = await makeParts(deps, account, delivery, lost)
  if (made.kind !== 'go-on') return made
  for (const part of await readParts(deps.db, delivery.entry_id)) {
    if (lost.aborted) return { kind: 'stop' }
    if (part.state === 'accepted') continue
    const problem: Problem = { code: 'no-answer', detail: 'The server stopped while it was being sent' }
    const next =
      part.state === 'waiting'
        ? await leave(deps, account, delivery, part)
        : part.answers
          ? await waitForTries(deps, delivery, part)
          : await resolveUnsure(deps, account, delivery, part, problem)
    if (next.kind === 'anew' && part.number > 0) {
      // The first half went out under an allowance that the rest does not have any more.
      await failDelivery(deps, delivery.entry_id, { code: 'window-closed' })
      return { kind: 'stop' }
    }
    if (next.kind === 'anew') {
      await deps.db
        .updateTable('deliveries')
        .set({ allowance: null })
        .where('entry_id', '=', delivery.entry_id)
        .execute()
      return { kind: 'go-on' }
    }
    if (next.kind !== 'go-on') return next
  }
  return { kind: 'go-on' }
}

/** With a call that is open for it, else by itself. */
async function leave(deps: ChannelDeps, account: Account, delivery: WaitingDelivery, part: PartRow): Promise<Next> {
  const ready = await readyForCall(deps, account, delivery, part)
  return (await waitForCall(deps, account, delivery, ready)) ?? sendPart(deps, account, delivery, ready)
}

/** Once for each allowance; `go-on` when the parts are there. */
async function makeParts(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  signal: AbortSignal,
): Promise<Next> {
  if (delivery.allowance !== null) return { kind: 'go-on' }
  const ledger = await readLedger(deps.db, delivery.identity_id)
  const permission = permissionOf(account.capabilities, ledger, deps.clock.now())
  const kind = await sentKind(deps.db, account.inbox.id, delivery.body.content)
  const allowance = allowanceFor(permission, kind, delivery.author_type === 'agent')
  if (typeof allowance === 'object') {
    await failDelivery(deps, delivery.entry_id, { code: allowance.refused })
    return { kind: 'stop' }
  }
  const { body, address, peer_address: peer } = delivery
  const addresses = delivery.only_to ?? (body.content.type === 'mail' ? recipientsOf(body.content) : [peer ?? address])
  const [dead] = await findUnreachable(deps.db, delivery.inbox_id, addresses)
  if (dead) {
    await failDelivery(deps, delivery.entry_id, { code: 'unreachable', detail: dead.address })
    return { kind: 'stop' }
  }
  const made = await renderMessage(deps, account, delivery, permission, allowance, signal)
  if (made.kind === 'impossible') {
    await failDelivery(deps, delivery.entry_id, made.problem)
    return { kind: 'stop' }
  }
  if (made.kind === 'wait') return { kind: 'wait', ms: made.ms }
  delivery.allowance = allowance
  return { kind: 'go-on' }
}
