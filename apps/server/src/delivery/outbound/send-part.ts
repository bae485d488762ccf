import { setTimeout as sleep } from 'node:timers/promises'
import type { Part, Problem, ProblemCode, SendResult } from '@qiao/channels'
import { inTransaction } from '#conversations'
import { messageOf } from '#platform/thrown'
import { cleaner, sendContextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import { recordProblem } from '../accounts/record-problem.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { noteMissed } from '../mails/note-missed.ts'
import { changeLedger } from '../policy/ledger.ts'
import { hintPolicy } from '../policy/note-acts.ts'
import { type Allowance, allowanceFor, permissionOf, spend, type Spent } from '../policy/permission.ts'
import type { PartRow, WaitingDelivery } from './delivery-row.ts'
import { recordAccepted, recordRefused, recordRetry, recordUnsure } from './record-outcome.ts'
import { keyOf } from './settle-by-key.ts'
import { holdBack, takePlace } from './send-rate.ts'

/** What the rest of the message should do. `anew`: the requests were made for another allowance than there is now. */
export type Next = { kind: 'go-on' } | { kind: 'stop' } | { kind: 'wait'; ms: number } | { kind: 'anew' }

/** After this long a message is not what the customer waits for any more. */
const triesForMs = 6 * 3_600_000
const backOffMs = (attempts: number): number => Math.min(600_000, 2_000 * 2 ** attempts) * (0.75 + Math.random() / 2)

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
    await recordRefused(deps, delivery, part.number, [], claimed.problem)
    return { kind: 'stop' }
  }
  if (claimed.kind !== 'claimed') return claimed.kind === 'anew' ? { kind: 'anew' } : { kind: 'stop' }
  const result = await request(deps, account, delivery, part)
  return conclude(deps, account, delivery, { ...part, spent: claimed.spent }, result)
}

/** Null when it is our turn. */
async function waitForPlace(
  deps: ChannelDeps,
  { capabilities, inbox }: Account,
  delivery: WaitingDelivery,
): Promise<number | null> {
  const { rate } = capabilities
  const places = [
    [`peer ${delivery.identity_id}`, rate.perPeerPerSecond],
    [accountKey(inbox.id), rate.perSecond],
  ] as const
  for (const [key, perSecond] of places) {
    const { waitMs, taken } = await takePlace(deps.db, key, perSecond, deps.clock.now())
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
  return inTransaction(deps.pool, async (client): Promise<Claim> => {
    const now = deps.clock.now()
    // Whoever takes it back does so before this, or finds that it is being sent.
    const { rows } = await client.query(`select from deliveries where entry_id = $1 and state = 'waiting' for update`, [
      delivery.entry_id,
    ])
    if (rows.length === 0) return { kind: 'taken' }
    const decided: { allowance: Allowance | { refused: Problem['code'] }; spent: Spent[] } = {
      allowance: 'open',
      spent: [],
    }
    await changeLedger(client, delivery.identity_id, (ledger) => {
      decided.allowance = allowanceFor(permissionOf(rules, ledger, now), delivery.body.content, byAgent)
      if (typeof decided.allowance === 'object' || decided.allowance !== delivery.allowance) return null
      const after = spend(rules, ledger, decided.allowance, now)
      decided.spent = after.spent
      return after.ledger
    })
    if (typeof decided.allowance === 'object') return { kind: 'refused', problem: { code: decided.allowance.refused } }
    if (decided.allowance !== delivery.allowance) return { kind: 'anew' }
    const { rowCount } = await client.query(
      `update delivery_parts set state = 'sending', attempts = attempts + 1, spent = $3, sent_at = $4
       where entry_id = $1 and number = $2 and state = 'waiting'`,
      [delivery.entry_id, part.number, JSON.stringify(decided.spent), now],
    )
    if (rowCount === 1) return { kind: 'claimed', spent: decided.spent }
    // Somebody else has it: nothing of ours may stay taken.
    throw new Error('The part is being sent already')
  })
}

const partOf = ({ request: asked, attachment_ids: attachmentIds }: PartRow): Part => ({
  request: asked,
  ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
})

const contextFor = (deps: ChannelDeps, account: Account, delivery: WaitingDelivery, part: PartRow) =>
  sendContextOf(deps, account, keyOf(delivery.entry_id, delivery.round, part.number))

/** A channel that throws has a bug, and the request may be out. */
async function request(
  deps: ChannelDeps,
  account: Account,
  delivery: WaitingDelivery,
  part: PartRow,
): Promise<SendResult> {
  try {
    return await account.channel.send(partOf(part), contextFor(deps, account, delivery, part))
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
): Promise<Next> {
  const found = await reconcile(deps, account, delivery, part)
  if (found && found.kind !== 'unknown') return conclude(deps, account, delivery, part, found)
  await recordUnsure(deps, delivery, part.number, problem)
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
    const sent = { conversationId: delivery.conversation_id, entryId: delivery.entry_id }
    if (result.refused) await noteMissed(deps, sent, cleaner(account.secrets)(result.refused))
    if (account.capabilities.window) await hintPolicy(deps, delivery.identity_id)
    return { kind: 'go-on' }
  }
  const problem = cleaner(account.secrets)(result.problem)
  const now = deps.clock.now()
  if (ofAccount.has(problem.code)) await recordProblem(deps.db, account.inbox.id, problem, now)
  if (result.kind === 'unknown') return resolveUnsure(deps, account, delivery, part, problem)
  const givenUp = now.getTime() - delivery.created_at.getTime() > triesForMs
  if (result.kind === 'rejected' || givenUp) {
    await recordRefused(deps, delivery, part.number, part.spent, problem)
    // The refusal may have shut what composers show as open.
    if (account.capabilities.window) await hintPolicy(deps, delivery.identity_id)
    return { kind: 'stop' }
  }
  const ms = result.afterMs ?? backOffMs(delivery.attempts)
  const at = new Date(now.getTime() + ms)
  if (problem.code === 'rate-limited' && result.afterMs !== null)
    await holdBack(deps.db, accountKey(account.inbox.id), at)
  await recordRetry(deps, delivery, part.number, part.spent, problem, at)
  return { kind: 'wait', ms }
}
