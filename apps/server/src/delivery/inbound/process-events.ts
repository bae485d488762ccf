import type { Json } from '@qiao/channels'
import { sql } from 'kysely'
import { readInbox } from '#inboxes'
import { isDatabaseDown } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import { messageOf } from '#platform/thrown'
import { cleaner } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { applyEvent } from './apply-event.ts'
import { LaterError } from './later-error.ts'
import { processJob } from './store-events.ts'

interface WaitingEvent {
  id: number
  data: Json
  received_at: Date
  attempts: number
  retry_at: Date | null
}

const triesAtMost = 5
const batch = 50
const retryAfterMs = (attempts: number): number => 1_000 * 4 ** (attempts - 1)

/**
 * Events of one customer, in the provider's order: where that is not the order of arrival, each waits so long that what
 * comes just after it can still go first. One that cannot be worked off waits and is tried again, then set aside.
 */
export async function processEvents(deps: ChannelDeps, inboxId: string, orderKey: string): Promise<void> {
  const inbox = await readInbox(deps.db, inboxId)
  // What a paused inbox receives stays; whoever resumes it asks for all of it.
  if (!inbox || inbox.pausedAt) return
  const account = await openAccount(deps, inboxId)
  if (!account) return
  const { settleMs } = account.capabilities.ordering
  for (;;) {
    const waiting = await readWaiting(deps, inboxId, orderKey)
    const now = deps.clock.now()
    const due = waiting.findLastIndex((event) => event.received_at.getTime() + settleMs <= now.getTime())
    for (const event of waiting.slice(0, due + 1)) {
      if (event.retry_at && event.retry_at > now) return
      const again = await processOne(deps, account, event)
      if (again !== null) {
        return addJobs(deps.db, [processJob(inboxId, orderKey, new Date(now.getTime() + again))])
      }
    }
    // Those that are not due have a job of their own.
    if (waiting.length < batch || due < 0) return
  }
}

async function readWaiting({ db }: ChannelDeps, inboxId: string, orderKey: string): Promise<WaitingEvent[]> {
  const { rows } = await sql<WaitingEvent>`
    select id, data, received_at, attempts, retry_at from channel_events
    where inbox_id = ${inboxId} and order_key = ${orderKey} and state = 'waiting'
    order by position, id limit ${batch}`.execute(db)
  return rows
}

/** Gives after how many milliseconds to try again, or null when it is done with. */
async function processOne(deps: ChannelDeps, account: Account, event: WaitingEvent): Promise<number | null> {
  try {
    const events = account.channel.normalise(event.data, account.config)
    const unknown: string[] = []
    for (const [index, said] of events.entries()) {
      if (said.kind === 'unknown') unknown.push(said.summary)
      else
        await applyEvent(deps, account, said, { key: `${event.id}:${index}`, last: event.attempts + 1 >= triesAtMost })
    }
    await settle(deps, event.id, unknown.length > 0 ? 'unknown' : 'done', unknown.join('; ') || null)
    return null
  } catch (error) {
    if (isDatabaseDown(error)) throw error
    const attempts = event.attempts + 1
    const reason = cleaner(account.secrets)(messageOf(error)).slice(0, 500)
    if (!(error instanceof LaterError)) {
      deps.log.error({ inboxId: account.inbox.id, eventId: event.id, reason }, 'an event of a channel failed')
    }
    if (attempts >= triesAtMost) {
      await settle(deps, event.id, 'failed', reason)
      return null
    }
    const wait = (error instanceof LaterError ? error.afterMs : null) ?? retryAfterMs(attempts)
    await deps.db
      .updateTable('channel_events')
      .set({ attempts, reason, retry_at: new Date(deps.clock.now().getTime() + wait) })
      .where('id', '=', event.id)
      .execute()
    return wait
  }
}

async function settle(
  { db }: ChannelDeps,
  id: number,
  state: 'done' | 'failed' | 'unknown',
  reason: string | null,
): Promise<void> {
  await db
    .updateTable('channel_events')
    .set({ state, reason: reason?.slice(0, 500) ?? null, retry_at: null })
    .where('id', '=', id)
    .execute()
}

/** For an inbox that works again, and for whatever lost its job: all that waits is asked for once more. */
export async function processAllWaiting({ db, clock }: ChannelDeps): Promise<void> {
  const { rows } = await sql<{ inbox_id: string; order_key: string }>`
    select distinct inbox_id, order_key from channel_events join inboxes on inboxes.id = inbox_id
    where state = 'waiting' and paused_at is null and coalesce(retry_at, received_at) < ${clock.now()}
    limit 5000`.execute(db)
  await addJobs(
    db,
    rows.map((row) => processJob(row.inbox_id, row.order_key)),
  )
}
