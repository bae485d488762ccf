import type { Conversation, Entry } from '@qiao/protocol'
import type pg from 'pg'
import type { Bus } from '#platform/bus/bus'
import type { Clock } from '#platform/clock'
import { isDatabaseDown } from '#platform/errors'
import { type AppendCommand, appendAndFollow, type Appended, type AppendResult, type FollowAppends } from './append.ts'
import { involvedIn } from './conversation-row.ts'
import { inTransaction, withoutPlanning } from './in-transaction.ts'
import { entriesAppended, type Scope } from './topics.ts'

export interface Appender {
  append(command: AppendCommand): Promise<Appended>
  /** For what was appended in a transaction of its own, once that is committed. */
  announce(appended: Appended): void
  /** Shares what is under way under the same key: those who asked go on together, in the order in which they asked. */
  once(key: string, start: () => Promise<Started>): Promise<Started>
  /** What runs within the transaction of every append. */
  follow: FollowAppends
}

const nothingFollows: FollowAppends = () => Promise.resolve([])

interface Started {
  conversation: Conversation
  entries: Entry[]
}

interface Pending {
  command: AppendCommand
  resolve(appended: Appended): void
  reject(error: unknown): void
}

interface AppenderOptions {
  pool: pg.Pool
  bus: Bus
  clock: Clock
  follow?: FollowAppends
  /** Seconds that a flush took. */
  onFlush?: (seconds: number) => void
  /** Entries that this process has just committed. */
  onAppended?: (entries: readonly Entry[]) => void
}

/** Beyond this a statement's JSON grows without making a row cheaper. */
const largestBatch = 500

/** While the database writes one flush, the server decides and tells another; a third found no processor free. */
const flushesAtOnce = 2

/**
 * Natural batching: while flushes are in flight the next one collects, and an idle system flushes at once. A conversation
 * is in one flush at a time, which keeps its order. Measured with 1,024 messages on their way through a whole server on
 * two cores: 10,200 a second with one flush at a time, 14,400 with two.
 */
export function createAppender(options: AppenderOptions): Appender {
  const { pool, bus, clock, follow = nothingFollows, onFlush, onAppended } = options
  let waiting: Pending[] = []
  let flushes = 0
  const inFlight = new Set<string>()
  const starting = new Map<string, Promise<Started>>()

  /** The first of those whose conversation is in no flush. */
  function takeBatch(): Pending[] {
    const batch: Pending[] = []
    const later: Pending[] = []
    for (const pending of waiting) {
      const fits = batch.length < largestBatch && !inFlight.has(pending.command.conversationId)
      ;(fits ? batch : later).push(pending)
    }
    waiting = later
    return batch
  }

  async function flush(): Promise<void> {
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      const ids = new Set(batch.map(({ command }) => command.conversationId))
      for (const id of ids) inFlight.add(id)
      const started = performance.now()
      const deliverAll = await settle(batch)
      onFlush?.((performance.now() - started) / 1000)
      for (const id of ids) inFlight.delete(id)
      // After the next flush is on its way: the database writes that one while these are told to everybody.
      process.nextTick(deliverAll)
    }
    flushes -= 1
  }

  /** Gives what remains to do once the batch is stored or refused. */
  async function settle(batch: readonly Pending[]): Promise<() => void> {
    try {
      const results = await appendInTransaction(
        pool,
        batch.map((pending) => pending.command),
        clock.now(),
        follow,
      )
      return () => results.forEach((result, index) => deliver(batch[index], result))
    } catch (error) {
      // With the database away all are refused alike: one by one, a later message could be stored before an earlier one.
      if (batch.length === 1 || isDatabaseDown(error)) return () => batch.forEach((pending) => pending.reject(error))
      // One bad row must not fail its neighbours. Repeats are harmless, even when the commit did happen after all.
      const steps: (() => void)[] = []
      for (const pending of batch) steps.push(await settle([pending]))
      return () => steps.forEach((step) => step())
    }
  }

  function deliver(pending: Pending | undefined, result: AppendResult): void {
    if (!result.ok) return pending?.reject(result.error)
    announce(result.appended)
    pending?.resolve(result.appended)
  }

  /** A repeat is announced again: the first attempt may have died between its commit and its announcement. */
  function announce({ before, conversation, entries, repeated }: Appended): void {
    if (entries.length === 0) return
    if (!repeated) onAppended?.(entries)
    bus.publish(entriesAppended, { scope: scopeOf(conversation), before: scopeOf(before), entries })
  }

  return {
    follow,
    announce,
    append: (command) =>
      new Promise((resolve, reject) => {
        waiting.push({ command, resolve, reject })
        // The rest of this turn of the event loop may bring more: one packet often carries several messages.
        if (flushes < flushesAtOnce) {
          flushes += 1
          queueMicrotask(() => void flush())
        }
      }),
    once(key, start) {
      const running = starting.get(key) ?? start().finally(() => starting.delete(key))
      starting.set(key, running)
      return running
    },
  }
}

export const scopeOf = (conversation: Appended['conversation']): Scope => {
  const { id, inboxId, contactId, identityId, teamId, assigneeId } = conversation
  return { id, inboxId, contactId, identityId, teamId, assigneeId, involvedIds: involvedIn(conversation) }
}

export async function appendInTransaction(
  pool: pg.Pool,
  commands: readonly AppendCommand[],
  now: Date,
  follow: FollowAppends,
): Promise<AppendResult[]> {
  return inTransaction(
    pool,
    (_client, transaction) => appendAndFollow(transaction, commands, now, follow),
    // Planned anew for each flush, the two that lock and look would cost the database half as much again as they do.
    withoutPlanning,
  )
}
