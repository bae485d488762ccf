import { sql } from 'kysely'
import { messageOf } from '#platform/thrown'
import type { AccountBook } from '../accounts/account-book.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { eventsWait } from '../topics.ts'
import { processEvents } from './process-events.ts'
import { createSettler } from './settle-events.ts'

/** Customers who are served side by side; files of slow providers must not keep others waiting. */
const atOnce = 16
/** What nobody was told of, because whoever would have has died, is looked for this often. */
const lookEveryMs = 2_000
const lookedForAtOnce = 5_000
const afterFailureMs = 1_000
/** At the end work that runs gets this long; what is not done by then is done by another, or after the next start. */
const finishMs = 5_000

interface Customer {
  inboxId: string
  orderKey: string
}

/**
 * Works off what providers delivered, as soon as it is stored. One process at a time serves a customer, by a lock that
 * ends with it; the rows say what is still to be done, so that a hint is only ever a reason to look.
 */
export function workOffEvents(deps: ChannelDeps, accounts: AccountBook): { stop(): Promise<void> } {
  const { bus, clock, locks, log } = deps
  const settler = createSettler(deps.pool)
  const due = new Map<string, Customer>()
  const timers = new Map<string, { at: number; timer: NodeJS.Timeout }>()
  const served = new Map<string, Promise<void>>()
  let stopped = false

  function want(customer: Customer, afterMs: number): void {
    if (stopped) return
    const name = `channel events ${customer.inboxId} ${customer.orderKey}`
    if (afterMs <= 0) {
      due.set(name, customer)
      return serve()
    }
    const at = performance.now() + afterMs
    const sooner = timers.get(name)
    if (sooner && sooner.at <= at) return
    clearTimeout(sooner?.timer)
    const timer = setTimeout(() => {
      timers.delete(name)
      want(customer, 0)
    }, afterMs)
    timers.set(name, { at, timer })
  }
  function serve(): void {
    for (const [name, customer] of due) {
      if (served.size >= atOnce) return
      // Whoever serves them now has perhaps looked already: their turn comes again.
      if (served.has(name)) continue
      due.delete(name)
      served.set(name, serveOne(name, customer))
    }
  }
  async function serveOne(name: string, customer: Customer): Promise<void> {
    let next: Date | null | undefined
    try {
      // Another process that is at it has heard of the same events.
      next = await locks.attempt(name, () => processEvents(deps, { accounts, settler }, customer))
    } catch (error) {
      log.warn({ err: error, inboxId: customer.inboxId }, 'events of a customer are tried again')
      next = new Date(clock.now().getTime() + afterFailureMs)
    }
    served.delete(name)
    if (next) want(customer, Math.max(next.getTime() - clock.now().getTime(), 1))
    serve()
  }
  async function look(): Promise<void> {
    const { rows } = await sql<{ inbox_id: string; order_key: string }>`
      select distinct inbox_id, order_key from channel_events join inboxes on inboxes.id = inbox_id
      where state = 'waiting' and paused_at is null and coalesce(retry_at, received_at) < ${clock.now()}
      limit ${lookedForAtOnce}`.execute(deps.db)
    for (const row of rows) want({ inboxId: row.inbox_id, orderKey: row.order_key }, 0)
  }
  function lookAround(): void {
    look().catch((error: unknown) => log.debug({ reason: messageOf(error) }, 'waiting events could not be looked for'))
  }

  const stops = [
    bus.subscribe(eventsWait, ({ customers }) => {
      if (customers.length === 0) return lookAround()
      for (const { inboxId, orderKey, settleMs } of customers) want({ inboxId, orderKey }, settleMs)
    }),
    bus.onGap(lookAround),
  ]
  const looking = setInterval(lookAround, lookEveryMs)
  lookAround()
  return {
    async stop() {
      stopped = true
      clearInterval(looking)
      stops.forEach((end) => end())
      for (const { timer } of timers.values()) clearTimeout(timer)
      due.clear()
      const cutOff = new Promise<void>((resolve) => setTimeout(resolve, finishMs).unref())
      await Promise.race([Promise.allSettled(served.values()), cutOff])
    },
  }
}
