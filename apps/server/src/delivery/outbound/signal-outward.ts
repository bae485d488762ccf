import type { Signal } from '@qiao/channels'
import { sql } from 'kysely'
import { marksMoved, typingSeen } from '#conversations'
import { messageOf } from '#platform/thrown'
import { createTurns } from '#platform/turns'
import { cleaner, contextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { readLedger } from '../policy/ledger.ts'
import { permissionOf } from '../policy/permission.ts'
import { accountIn, type ThreadKind, threadKindColumn } from '../threads/account-in.ts'
import { createInboxChannels, ownChannel } from './inbox-channels.ts'
import { takeTurn } from './send-rate.ts'

/** Providers show it for 5 to 25 seconds, and each call counts against what the account may ask. */
const typingEveryMs = 5_000
const mostRemembered = 20_000

interface Place {
  identityId: string
  to: string
  thread: string | null
  kind: ThreadKind
}

/**
 * That an agent types, and that one has read, towards customers of channels. Best effort: it follows hints, is dropped
 * where it would come too often, and whatever goes wrong is logged and nothing else.
 */
export function signalOutward(deps: ChannelDeps): { stop(): Promise<void> } {
  const channels = createInboxChannels()
  const turns = createTurns()
  /** Up to where each conversation was read when we last looked: marks move for many other reasons. */
  const seen = new Map<string, number>()
  const typedAt = new Map<string, number>()

  function follow(key: string, inboxId: string, work: (account: Account) => Promise<void>): void {
    turns.take(key, async () => {
      try {
        if ((await channels.of(deps.pool, inboxId)) === ownChannel) return
        const account = await openAccount(deps, inboxId)
        if (!account || account.inbox.pausedAt || !account.channel.signal) return
        await work(account).catch((error: unknown) => {
          const reason = cleaner(account.secrets)(messageOf(error))
          deps.log.warn({ inboxId, reason }, 'a customer was not told of typing or reading')
        })
      } catch (error) {
        deps.log.warn({ inboxId, err: error }, 'a customer was not told of typing or reading')
      }
    })
  }

  const undo = [
    deps.bus.subscribe(typingSeen, ({ scope, who, typing }) => {
      const now = deps.clock.now().getTime()
      if (who.type !== 'agent' || !typing || now < (typedAt.get(scope.id) ?? 0) + typingEveryMs) return
      remember(typedAt, scope.id, now)
      follow(`typing ${scope.id}`, scope.inboxId, (account) => tellTyping(deps, account, scope.id))
    }),
    deps.bus.subscribe(marksMoved, ({ scope, marks: { agentReadSeq } }) => {
      if (agentReadSeq <= (seen.get(scope.id) ?? 0)) return
      remember(seen, scope.id, agentReadSeq)
      follow(`read ${scope.id}`, scope.inboxId, (account) => tellRead(deps, account, scope.id, agentReadSeq))
    }),
  ]
  return {
    stop: async () => {
      for (const step of undo) step()
      await turns.settled()
    },
  }
}

function remember(known: Map<string, number>, key: string, value: number): void {
  if (known.size >= mostRemembered) known.clear()
  known.set(key, value)
}

async function tellTyping(deps: ChannelDeps, account: Account, conversationId: string): Promise<void> {
  const place = await placeOf(deps, conversationId)
  if (!place) return
  const { capabilities, inbox } = accountIn(account, place.kind)
  if (!capabilities.typing.out) return
  const now = deps.clock.now()
  const permission = permissionOf(capabilities, await readLedger(deps.db, place.identityId), now)
  if (!permission.free && !permission.humanAgent) return
  if (!(await takeTurn(deps.db, `typing ${place.identityId}`, typingEveryMs, now))) return
  // Messages go first: where the account has none of its places free just now, nobody is told.
  if (!(await takeTurn(deps.db, `account ${inbox.id}`, 1000 / capabilities.rate.perSecond, now))) return
  const latest = await latestMessage(deps, conversationId)
  await send(deps, account, { kind: 'typing', ...towards(place), ...(latest === null ? {} : { messageId: latest }) })
}

async function tellRead(deps: ChannelDeps, account: Account, conversationId: string, upTo: number): Promise<void> {
  const place = await placeOf(deps, conversationId)
  if (!place || !accountIn(account, place.kind).capabilities.readsOut) return
  const messageId = await claimRead(deps, conversationId, upTo)
  if (messageId !== null) await send(deps, account, { kind: 'read', ...towards(place), messageId })
}

async function send(deps: ChannelDeps, account: Account, signal: Signal): Promise<void> {
  const problem = await account.channel.signal?.(signal, contextOf(deps, account))
  if (!problem) return
  const facts = { inboxId: account.inbox.id, signal: signal.kind, problem: cleaner(account.secrets)(problem) }
  deps.log.info(facts, 'a provider did not take a signal')
}

/** Nothing is signalled to those whom we blocked. */
async function placeOf({ db }: ChannelDeps, conversationId: string): Promise<Place | null> {
  const { rows } = await sql<{ id: string; address: string; thread_key: string | null; thread_kind: ThreadKind }>`
    select identity.id, coalesce(identity.peer_address, identity.address) as address, identity.thread_key,
      ${threadKindColumn} as thread_kind
    from conversations as conversation
    join identities as first on first.id = conversation.identity_id
    join identities as identity on identity.id = coalesce(first.moved_to, first.id)
    join contacts on contacts.id = conversation.contact_id and contacts.blocked_at is null
    where conversation.id = ${conversationId}`.execute(db)
  const [row] = rows
  return row ? { identityId: row.id, to: row.address, thread: row.thread_key, kind: row.thread_kind } : null
}

const towards = ({ to, thread }: Place) => ({ to, ...(thread === null ? {} : { thread }) })

async function latestMessage({ db }: ChannelDeps, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ message_id: string }>`
    select message_id from channel_messages where not ours and entry_id = (
      select id from entries where conversation_id = ${conversationId} and kind = 'message.received'
      order by seq desc limit 1)
    limit 1`.execute(db)
  return rows[0]?.message_id ?? null
}

/** The newest message of the customer that has been read, once and for all processes; null when it was told already. */
async function claimRead({ db }: ChannelDeps, conversationId: string, upTo: number): Promise<string | null> {
  const { rows } = await sql<{ message_id: string }>`
    with newest as (
      select id, public_seq from entries
      where conversation_id = ${conversationId} and kind = 'message.received' and public_seq <= ${upTo}
      order by seq desc limit 1
    ), claimed as (
      insert into outward_reads as told (conversation_id, public_seq)
      select ${conversationId}::uuid, public_seq from newest
      on conflict (conversation_id) do update set public_seq = excluded.public_seq
        where told.public_seq < excluded.public_seq
      returning public_seq
    )
    select message_id from claimed join newest using (public_seq)
    join channel_messages on entry_id = newest.id and not ours limit 1`.execute(db)
  return rows[0]?.message_id ?? null
}
