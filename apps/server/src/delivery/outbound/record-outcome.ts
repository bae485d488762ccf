import type { Ledger, Problem, SendResult } from '@qiao/channels'
import type pg from 'pg'
import { type AppendCommand, appendAndFollow, decideFailed, inTransaction, markByChannel } from '#conversations'
import type { ChannelDeps } from '../channel-deps.ts'
import { moveIdentity } from '../inbound/move-identity.ts'
import { type KnownMessage, rememberMessage } from '../inbound/provider-messages.ts'
import { changeLedger } from '../policy/ledger.ts'
import { giveBack, type Spent } from '../policy/permission.ts'
import type { WaitingDelivery } from './delivery-row.ts'

type Client = pg.PoolClient

/** Something happens to a message on its way, and the timeline tells of it, in one commit. */
async function settle(deps: ChannelDeps, work: (client: Client) => Promise<AppendCommand | null>): Promise<void> {
  const appended = await inTransaction(deps.pool, async (client, transaction) => {
    const command = await work(client)
    if (!command) return null
    const [result] = await appendAndFollow(transaction, [command], deps.clock.now(), deps.appender.follow)
    if (!result?.ok) throw result?.error
    return result.appended
  })
  if (appended) deps.appender.announce(appended)
}

const told = (
  kind: 'message.failed' | 'message.unsure',
  conversationId: string,
  entryId: string,
  { round, only_to: onlyTo }: Pick<EndedRow, 'round' | 'only_to'>,
  problem: Problem,
): AppendCommand => ({
  conversationId,
  clientKey: `${kind}:${entryId}:${round}`.slice(0, 64),
  author: { type: 'system' },
  targetId: entryId,
  decide: (conversation, _now, message) => {
    const body = { targetId: entryId, problem: shortProblem(problem) }
    if (kind !== 'message.failed') return [{ kind, body }]
    // Of those to whom it went once more: all others have it still.
    const recipients = onlyTo?.map((address) => ({ address, problem: body.problem }))
    return decideFailed(conversation, message, { ...body, ...(recipients ? { recipients } : {}) })
  },
})

export const shortProblem = ({ code, detail, providerCode }: Problem) => ({
  code,
  ...(detail ? { detail: detail.slice(0, 1000) } : {}),
  ...(providerCode ? { providerCode: providerCode.slice(0, 100) } : {}),
})

interface EndedRow {
  conversation_id: string
  round: number
  only_to: string[] | null
}

async function end(
  client: Client,
  entryId: string,
  state: 'failed' | 'unknown',
  problem: Problem,
  now: Date,
): Promise<EndedRow | undefined> {
  const { rows } = await client.query<EndedRow>(
    `update deliveries set state = $2, problem = $3, changed_at = $4, next_attempt_at = null
     where entry_id = $1 and state in ('waiting', 'done', 'unknown') returning conversation_id, round, only_to`,
    [entryId, state, JSON.stringify(problem), now],
  )
  return rows[0]
}

/** It will not arrive: refused here, by the provider, or reported so afterwards. */
export const failDelivery = (deps: ChannelDeps, entryId: string, problem: Problem): Promise<void> =>
  settle(deps, async (client) => {
    const ended = await end(client, entryId, 'failed', problem, deps.clock.now())
    return ended ? told('message.failed', ended.conversation_id, entryId, ended, problem) : null
  })

type Named = Pick<WaitingDelivery, 'entry_id' | 'conversation_id' | 'identity_id' | 'public_seq'>

const knownOf = (delivery: Named): KnownMessage => ({
  entryId: delivery.entry_id,
  conversationId: delivery.conversation_id,
  identityId: delivery.identity_id,
  publicSeq: delivery.public_seq,
})

/** The outcome of one request; a later answer than we waited for still counts. */
export async function recordAccepted(
  deps: ChannelDeps,
  delivery: Pick<WaitingDelivery, 'entry_id' | 'conversation_id' | 'identity_id' | 'inbox_id' | 'public_seq'> & {
    address?: string
    thread_key?: string | null
  },
  number: number,
  { messageId, moved }: Pick<Extract<SendResult, { kind: 'accepted' }>, 'messageId' | 'moved'>,
): Promise<void> {
  const { entry_id: entryId, conversation_id: conversationId } = delivery
  const now = deps.clock.now()
  await settle(deps, async (client) => {
    await client.query(
      `update delivery_parts set state = 'accepted', message_id = $3, problem = null, sent_at = $4
       where entry_id = $1 and number = $2 and state in ('waiting', 'sending', 'unknown')`,
      [entryId, number, messageId, now],
    )
    if (messageId !== null) await rememberMessage(client, { ...knownOf(delivery), messageId, ours: true })
    if (moved !== undefined && delivery.address !== undefined) {
      await moveIdentity(client, {
        inboxId: delivery.inbox_id,
        from: delivery.thread_key ?? delivery.address,
        to: moved,
      })
    }
    const { rows } = await client.query<{ round: number; state: string; trying_since: Date | null }>(
      `with before as (select state from deliveries where entry_id = $1 for update)
       update deliveries set state = 'done', problem = null, changed_at = $2 from before where entry_id = $1
         and before.state in ('waiting', 'unknown', 'dismissed')
         and not exists (select from delivery_parts as part where part.entry_id = $1 and part.state <> 'accepted')
       returning round, before.state, trying_since`,
      [entryId, now],
    )
    await client.query(
      `update channel_accounts set last_sent_at = $2
       where inbox_id = $1 and (last_sent_at is null or last_sent_at < $2::timestamptz - interval '10 seconds'
         or last_sent_at < last_problem_at)`,
      [delivery.inbox_id, now],
    )
    const [done] = rows
    if (!done) return resumed(client, delivery, number)
    // Only one that had trouble before needs a word in the timeline; the mark says it of all others.
    const hadNone = done.round === 1 && done.state === 'waiting'
    if (hadNone && done.trying_since === null) return null
    return {
      conversationId,
      clientKey: `accepted:${entryId}:${done.round}`.slice(0, 64),
      author: { type: 'system' },
      targetId: entryId,
      decide: (_conversation, _at, message) =>
        hadNone && !message?.revision?.outgoing ? [] : [{ kind: 'message.accepted', body: { targetId: entryId } }],
    }
  })
  const state = await deps.db
    .selectFrom('deliveries')
    .select('state')
    .where('entry_id', '=', entryId)
    .executeTakeFirst()
  if (state?.state === 'done') await markByChannel(deps, conversationId, { sentSeq: delivery.public_seq })
}

/** The part of which nobody knew has arrived: what was to come after it goes out. */
async function resumed(
  client: Client,
  delivery: Pick<WaitingDelivery, 'entry_id' | 'conversation_id'>,
  number: number,
): Promise<AppendCommand | null> {
  const { entry_id: entryId, conversation_id: conversationId } = delivery
  const { rows } = await client.query<{ round: number }>(
    `select round from deliveries where entry_id = $1 and state = 'unknown' and not exists (
       select from delivery_parts as part where part.entry_id = $1 and part.state in ('sending', 'unknown', 'failed'))`,
    [entryId],
  )
  const [row] = rows
  return row
    ? {
        conversationId,
        clientKey: `resumed:${entryId}:${number}`.slice(0, 64),
        author: { type: 'system' },
        targetId: entryId,
        decide: () => [{ kind: 'message.resent', body: { targetId: entryId } }],
      }
    : null
}

/** Nothing went out, or nothing that counts. `learnt`: what the ledger is after that. */
export async function recordRefused(
  deps: ChannelDeps,
  delivery: WaitingDelivery,
  number: number,
  problem: Problem,
  learnt: (ledger: Ledger) => Ledger,
): Promise<void> {
  await settle(deps, async (client) => {
    const { rowCount } = await client.query(
      `update delivery_parts set state = 'failed', problem = $3, spent = '[]'
       where entry_id = $1 and number = $2 and state <> 'accepted'`,
      [delivery.entry_id, number, JSON.stringify(problem)],
    )
    // A receipt was faster than the answer, and says that it has arrived.
    if (rowCount === 0) return null
    await changeLedger(client, delivery.identity_id, learnt)
    const ended = await end(client, delivery.entry_id, 'failed', problem, deps.clock.now())
    return ended ? told('message.failed', ended.conversation_id, delivery.entry_id, ended, problem) : null
  })
}

export async function recordRetry(
  deps: ChannelDeps,
  delivery: WaitingDelivery,
  number: number,
  spent: readonly Spent[],
  problem: Problem,
  at: Date,
): Promise<void> {
  await settle(deps, async (client) => {
    const { rowCount } = await client.query(
      `update delivery_parts set state = 'waiting', problem = $3, spent = '[]'
       where entry_id = $1 and number = $2 and state <> 'accepted'`,
      [delivery.entry_id, number, JSON.stringify(problem)],
    )
    if (rowCount === 0) return null
    await changeLedger(client, delivery.identity_id, (ledger) => giveBack(ledger, spent))
    return postponeWithReason(client, delivery.entry_id, at, problem, { now: deps.clock.now(), tries: 1 })
  })
}

/** The account cannot send anything at present: it was not even tried. */
export const recordUnable = (deps: ChannelDeps, entryId: string, problem: Problem, at: Date): Promise<void> =>
  settle(deps, (client) => postponeWithReason(client, entryId, at, problem, { now: deps.clock.now(), tries: 0 }))

/** What goes through within moments needs no word. */
const quietMs = 10_000

/** Agents are told that it is tried, once for each reason: when next is asked for (`listTries`), and changes with each try. */
async function postponeWithReason(
  client: Client,
  entryId: string,
  at: Date,
  problem: Problem,
  { now, tries }: { now: Date; tries: 0 | 1 },
): Promise<AppendCommand | null> {
  const { rows } = await client.query<{ conversation_id: string; round: number; trying_since: Date }>(
    `update deliveries set attempts = attempts + $5, next_attempt_at = $2, problem = $3,
       trying_since = coalesce(trying_since, $4)
     where entry_id = $1 and state = 'waiting' returning conversation_id, round, trying_since`,
    [entryId, at, JSON.stringify(problem), now, tries],
  )
  const [row] = rows
  if (!row || at.getTime() - row.trying_since.getTime() < quietMs) return null
  const body = { targetId: entryId, problem: shortProblem(problem), since: row.trying_since.toISOString() }
  return {
    conversationId: row.conversation_id,
    clientKey: `retrying:${entryId}:${row.round}:${problem.code}`.slice(0, 64),
    author: { type: 'system' },
    targetId: entryId,
    decide: () => [{ kind: 'message.retrying', body }],
  }
}

/** Until something else happens, which nobody has to be told of. */
export async function postpone(
  client: Pick<pg.Pool | pg.ClientBase, 'query'>,
  entryId: string,
  at: Date,
  problem: Problem | null,
): Promise<void> {
  await client.query(
    `update deliveries set attempts = attempts + 1, next_attempt_at = $2, problem = $3 where entry_id = $1 and state = 'waiting'`,
    [entryId, at, problem && JSON.stringify(problem)],
  )
}

/** Nobody knows whether it arrived. People decide; what it may have used stays used, and its name is known to who answers it. */
export const recordUnsure = (
  deps: ChannelDeps,
  delivery: WaitingDelivery,
  number: number,
  problem: Problem,
  messageId: string | null,
): Promise<void> =>
  settle(deps, async (client) => {
    const { rowCount } = await client.query(
      `update delivery_parts set state = 'unknown', problem = $3, message_id = $4
       where entry_id = $1 and number = $2 and state in ('sending', 'unknown')`,
      [delivery.entry_id, number, JSON.stringify(problem), messageId],
    )
    if (rowCount === 0) return null
    if (messageId !== null) await rememberMessage(client, { ...knownOf(delivery), messageId, ours: true })
    const ended = await end(client, delivery.entry_id, 'unknown', problem, deps.clock.now())
    return ended ? told('message.unsure', ended.conversation_id, delivery.entry_id, ended, problem) : null
  })
