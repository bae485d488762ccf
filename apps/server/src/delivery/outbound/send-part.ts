import { setTimeout as sleep } from 'node:timers/promises'
import { afterRefusal, type Problem, type ProblemCode, type SendResult } from '@qiao/channels'
import { inTransaction } from '#conversations'
import { messageOf } from '#platform/thrown'
import { cleaner, sendContextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import { recordProblem } from '../accounts/record-problem.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { noteMissed } from '../mails/note-missed.ts'
import { changeLedger } from '../policy/ledger.ts'
import { sentKind } from '../policy/sent-kind.ts'
import { hintPolicy } from '../policy/note-acts.ts'
import { type Allowance, allowanceFor, giveBack, permissionOf, spend, type Spent } from '../policy/permission.ts'
import { partOf, type PartRow, type WaitingDelivery } from './delivery-row.ts'
import { recordAccepted, recordRefused, recordRetry, recordUnsure } from './record-outcome.ts'
import { keyOf } from './settle-by-key.ts'
import { whenToTry } from './when-to-try.ts'
import { holdBack, takePlace } from './send-rate.ts'

/** What the rest of the message should do. `anew`: the requests were made for another allowance than there is now. */
export type Next = { kind: 'go-on' } | { kind: 'stop' } | { kind: 'wait'; ms: number } | { kind: 'anew' }

/** Trouble of the account, not of one customer or message. */
const ofAccount: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'credentials-refused',
  'account-restricted',
  'payment-needed',
  'not-permitted',
  'rate-limited',
  'provider-failed',
  'no-answer',
  'not-connected',
])

/**
 * Few conversations are sent at once. One whose customer may not be written to yet leaves its place to others; that the account's
 * turn comes is waited for, since all would come back at the same moment.
 */
const waitsForCustomerMs = 100

const accountKey = (inboxId: string): string => `account ${inboxId}`

export async function sendPart(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
): Promise<Next> {
  const wait = await waitForPlace(deps, account, delivery)
  if (wait !== null) return { kind: 'wait', ms: wait }
  const claimed = await claim(deps, account, delivery, part)
  if (claimed.kind === 'refused') {
    // What our own book forbids teaches it nothing.
    await recordRefused(deps, delivery, part.number, claimed.problem, (ledger) => ledger)
    return { kind: 'stop' }
  }
  if (claimed.kind !== 'claimed') return claimed.kind === 'anew' ? { kind: 'anew' } : { kind: 'stop' }
  const result = await request(deps, account, delivery, part)
  return conclude(deps, account, delivery, { ...part, spent: claimed.spent }, result)
}

/** Null when it is our turn. */
async function waitForPlace(
  deps: ChannelDeps,
  { capabilities, inbox, channel }: Account,
  delivery: WaitingDelivery,
): Promise<number | null> {
  const { rate } = capabilities
  const { thread_key: thread, thread_kind: kind } = delivery
  const group = thread === null || kind !== 'group' ? null : (channel.groupOf?.(thread) ?? thread)
  const places = [
    ...(group === null
      ? []
      : ([
          [`group ${inbox.id} ${group}`, rate.perGroupPerSecond ?? Number.POSITIVE_INFINITY, waitsForCustomerMs],
        ] as const)),
    [`peer ${delivery.identity_id}`, rate.perPeerPerSecond, waitsForCustomerMs],
    [accountKey(inbox.id), rate.perSecond, undefined],
  ] as const
  for (const [key, perSecond, longestMs] of places) {
    const { waitMs, taken } = await takePlace(deps.db, key, perSecond, deps.clock.now(), longestMs)
    if (!taken) return waitMs
    await sleep(waitMs)
  }
  return null
}

type Claim =
  | { kind: 'claimed'; spent: Spent[] }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'anew' }
  | { kind: 'taken' }

/** Looks at what is allowed, takes it and says that it is being sent, in one commit: only then does the request go out. */
async function claim(deps: ChannelDeps, account: Account, delivery: WaitingDelivery, part: PartRow): Promise<Claim> {
  const rules = account.capabilities
  const byAgent = delivery.author_type === 'agent'
  const kind = await sentKind(deps.db, account.inbox.id, delivery.body.content)
  return inTransaction(deps.pool, async (client): Promise<Claim> => {
    const now = deps.clock.now()
    // Whoever takes it back, or makes it an answer, does so before this, or finds that it is being sent.
    const { rows } = await client.query(
      `select from deliveries as delivery join delivery_parts as part using (entry_id)
       where delivery.entry_id = $1 and number = $2 and delivery.state = 'waiting' and part.state = 'waiting'
       for update of delivery`,
      [delivery.entry_id, part.number],
    )
    if (rows.length === 0) return { kind: 'taken' }
    const decided: { allowance: Allowance | { refused: Problem['code'] }; spent: Spent[] } = {
      allowance: 'open',
      spent: [],
    }
    await changeLedger(client, delivery.identity_id, (ledger) => {
      decided.allowance = allowanceFor(permissionOf(rules, ledger, now), kind, byAgent)
      if (typeof decided.allowance === 'object' || decided.allowance !== delivery.allowance) return null
      const after = spend(rules, ledger, decided.allowance, now)
      decided.spent = after.spent
      return after.ledger
    })
    if (typeof decided.allowance === 'object') return { kind: 'refused', problem: { code: decided.allowance.refused } }
    if (decided.allowance !== delivery.allowance) return { kind: 'anew' }
    const { rowCount } = await client.query(
      `update delivery_parts set state = 'sending', answers = false, attempts = attempts + 1, spent = $3, sent_at = $4
       where entry_id = $1 and number = $2 and state = 'waiting'`,
      [delivery.entry_id, part.number, JSON.stringify(decided.spent), now],
    )
    if (rowCount === 1) return { kind: 'claimed', spent: decided.spent }
    // Somebody else has it: nothing of ours may stay taken.
    throw new Error('The part is being sent already')
  })
}

const contextFor = (deps: ChannelDeps, account: Account, delivery: WaitingDelivery, part: PartRow) =>
  sendContextOf(deps, account, keyOf(delivery.entry_id, delivery.round, part.number))

/** A channel that throws has a bug, and the request may be out. */
async function request(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
): Promise<SendResult> {
  const startedAt = performance.now()
  try {
    const result = await account.channel.send(partOf(part), contextFor(deps, account, delivery, part))
    deps.slots.note(account.inbox.id, result, performance.now() - startedAt)
    return result
  } catch (error) {
    const detail = cleaner(account.secrets)(messageOf(error)).slice(0, 500)
    deps.log.error({ inboxId: account.inbox.id, detail }, 'a message could not be sent')
    return { kind: 'unknown', problem: { code: 'no-answer', detail } }
  }
}

/** Of a part that was being sent when its process died, or that got no answer. */
export async function resolveUnsure(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
  problem: Problem,
  messageId?: string,
): Promise<Next> {
  const found = await reconcile(deps, account, delivery, part)
  if (found && found.kind !== 'unknown') return conclude(deps, account, delivery, part, found)
  await recordUnsure(deps, delivery, part.number, problem, found?.messageId ?? messageId ?? null)
  return { kind: 'stop' }
}

async function reconcile(deps: ChannelDeps, account: Account, delivery: WaitingDelivery, part: PartRow) {
  try {
    return await account.channel.reconcile?.(partOf(part), contextFor(deps, account, delivery, part))
  } catch (error) {
    deps.log.error(
      { inboxId: account.inbox.id, reason: cleaner(account.secrets)(messageOf(error)) },
      'a send was not reconciled',
    )
    return undefined
  }
}

async function conclude(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
  result: SendResult,
): Promise<Next> {
  if (result.kind === 'accepted') {
    await recordAccepted(deps, delivery, part.number, result)
    const sent = { conversationId: delivery.conversation_id, entryId: delivery.entry_id, round: delivery.round }
    if (result.refused) await noteMissed(deps, sent, cleaner(account.secrets)(result.refused))
    if (account.capabilities.window) await hintPolicy(deps, delivery.identity_id)
    return { kind: 'go-on' }
  }
  const problem = cleaner(account.secrets)(result.problem)
  const now = deps.clock.now()
  if (ofAccount.has(problem.code)) await recordProblem(deps.db, account.inbox.id, problem, now)
  if (result.kind === 'unknown') return resolveUnsure(deps, account, delivery, part, problem, result.messageId)
  const sinceMs = now.getTime() - delivery.began_at.getTime()
  const later = whenToTry(account.capabilities, { attempts: delivery.attempts, sinceMs }, Math.random())
  if (result.kind === 'rejected' || later === null) {
    const kind = await sentKind(deps.db, account.inbox.id, delivery.body.content)
    await recordRefused(deps, delivery, part.number, problem, (ledger) =>
      afterRefusal(account.capabilities, giveBack(ledger, part.spent), problem, { kind, sentAt: now.getTime() }),
    )
    // The refusal may have shut what composers show as open.
    if (account.capabilities.window) await hintPolicy(deps, delivery.identity_id)
    return { kind: 'stop' }
  }
  const ms = result.afterMs ?? later
  const at = new Date(now.getTime() + ms)
  if (problem.code === 'rate-limited' && result.afterMs !== null)
    await holdBack(deps.db, accountKey(account.inbox.id), at)
  await recordRetry(deps, delivery, part.number, part.spent, problem, at)
  return { kind: 'wait', ms }
}
