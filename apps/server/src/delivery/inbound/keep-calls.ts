import type { ChannelDeps } from '../channel-deps.ts'
import { eventsWait } from '../topics.ts'
import { noteReceived, type Received, storeEvents } from './store-events.ts'

/** One write is no larger than this; more wait for the next. */
const mostCalls = 200
const noteEveryMs = 1_000

interface Call {
  received: Received
  kept: () => void
  failed: (error: unknown) => void
}

/**
 * Stores what providers deliver; resolves once it is durable. What comes while a write is under way goes together
 * into the next one, so that a busy provider costs one commit for many calls and a quiet one waits for nobody.
 */
export function createKeeper({ db, bus, clock, log }: Pick<ChannelDeps, 'db' | 'bus' | 'clock' | 'log'>) {
  let waiting: Call[] = []
  let busy = false
  const noted = new Map<string, number>()

  async function store(calls: readonly Call[]): Promise<void> {
    const received = calls.map((call) => call.received)
    const now = clock.now()
    // Without jobs it is one statement, which holds or not as a whole: one turn to the database instead of three.
    const customers = await (received.every(({ jobs = [] }) => jobs.length === 0)
      ? storeEvents(db, received, now)
      : db.transaction().execute((tx) => storeEvents(tx, received, now)))
    if (customers.length > 0) bus.publish(eventsWait, { customers })
    note(received.filter(({ events }) => events.length > 0).map(({ inboxId }) => inboxId))
  }

  /** One call that cannot be stored must not take the others with it. */
  async function storeEach(calls: readonly Call[]): Promise<void> {
    for (const call of calls) await store([call]).then(call.kept, call.failed)
  }

  async function flush(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const calls = waiting.slice(0, mostCalls)
      waiting = waiting.slice(mostCalls)
      try {
        await store(calls)
        for (const call of calls) call.kept()
      } catch (error) {
        if (calls.length > 1) await storeEach(calls)
        else for (const call of calls) call.failed(error)
      }
    }
    busy = false
  }

  function note(inboxIds: readonly string[]): void {
    const now = clock.now()
    const due = [...new Set(inboxIds)].filter((id) => now.getTime() - (noted.get(id) ?? 0) >= noteEveryMs)
    if (due.length === 0) return
    for (const id of due) noted.set(id, now.getTime())
    noteReceived(db, due, now).catch((error: unknown) => log.warn({ err: error }, 'a call was not noted'))
  }

  return {
    keep: (received: Received): Promise<void> =>
      new Promise((kept, failed) => {
        if (received.events.length === 0 && !received.jobs?.length) return kept()
        waiting.push({ received, kept, failed })
        if (!busy) void flush()
      }),
  }
}
