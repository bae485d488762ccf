import type { Json } from '@qiao/channels'
import { isDatabaseDown } from '#platform/errors'
import { messageOf } from '#platform/thrown'
import type { AccountBook } from '../accounts/account-book.ts'
import { cleaner, contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { applyEvent } from './apply-event.ts'
import { LaterError } from './later-error.ts'
import type { createSettler, NamedMessage } from './settle-events.ts'

interface WaitingEvent {
  id: number
  data: Json
  received_at: Date
  attempts: number
  retry_at: Date | null
}

interface Tools {
  accounts: AccountBook
  settler: ReturnType<typeof createSettler>
}

const triesAtMost = 5
const batch = 50
const retryAfterMs = (attempts: number): number => 1_000 * 4 ** (attempts - 1)

/**
 * Events of one customer, in the provider's order: where that is not the order of arrival, each waits so long that what
 * comes just after it can still go first. One that cannot be worked off waits and is tried again, then set aside.
 * Gives when to come again; null when nothing waits that has a time.
 */
export async function processEvents(
  deps: ChannelDeps,
  { accounts, settler }: Tools,
  { inboxId, orderKey }: { inboxId: string; orderKey: string },
): Promise<Date | null> {
  const account = await accounts.of(inboxId)
  // What a paused inbox receives stays; whoever resumes it asks for all of it.
  if (!account || account.inbox.pausedAt) return null
  const { settleMs } = account.capabilities.ordering
  const settled = (event: WaitingEvent): Date => new Date(event.received_at.getTime() + settleMs)
  for (;;) {
    const waiting = await readWaiting(deps, inboxId, orderKey)
    const now = deps.clock.now()
    const due = waiting.findLastIndex((event) => settled(event) <= now)
    for (const event of waiting.slice(0, due + 1)) {
      if (event.retry_at && event.retry_at > now) return event.retry_at
      const again = await processOne(deps, settler, account, event)
      if (again !== null) return new Date(now.getTime() + again)
    }
    const [next] = waiting.slice(due + 1)
    if (next) return settled(next)
    if (waiting.length < batch) return null
  }
}

const waitingText = `
select id, data, received_at, attempts, retry_at from channel_events
where inbox_id = $1 and order_key = $2 and state = 'waiting' order by position, id limit ${batch}`

async function readWaiting({ pool }: ChannelDeps, inboxId: string, orderKey: string): Promise<WaitingEvent[]> {
  const { rows } = await pool.query<WaitingEvent>({
    name: 'waiting-channel-events',
    text: waitingText,
    values: [inboxId, orderKey],
  })
  return rows
}

/** Gives after how many milliseconds to try again, or null when it is done with. */
async function processOne(
  deps: ChannelDeps,
  settler: Tools['settler'],
  account: Account,
  event: WaitingEvent,
): Promise<number | null> {
  const eventId = event.id
  try {
    const last = event.attempts + 1 >= triesAtMost
    const data = await completed(deps, account, event.data, last)
    const events = account.channel.normalise(data, account.config)
    const unknown: string[] = []
    const named: NamedMessage[] = []
    for (const [index, said] of events.entries()) {
      if (said.kind === 'unknown') unknown.push(said.summary)
      else {
        const applying = { key: `${eventId}:${index}`, last, named }
        await applyEvent(deps, account, said, applying)
      }
    }
    const state = unknown.length > 0 ? 'unknown' : 'done'
    await settler.settle({ eventId, state, reason: unknown.join('; ') || null, named })
    return null
  } catch (error) {
    if (isDatabaseDown(error)) throw error
    const attempts = event.attempts + 1
    const reason = cleaner(account.secrets)(messageOf(error)).slice(0, 500)
    if (!(error instanceof LaterError)) {
      deps.log.error({ inboxId: account.inbox.id, eventId, reason }, 'an event of a channel failed')
    }
    if (attempts >= triesAtMost) {
      await settler.settle({ eventId, state: 'failed', reason, named: [] })
      return null
    }
    const wait = (error instanceof LaterError ? error.afterMs : null) ?? retryAfterMs(attempts)
    await deps.db
      .updateTable('channel_events')
      .set({ attempts, reason, retry_at: new Date(deps.clock.now().getTime() + wait) })
      .where('id', '=', eventId)
      .execute()
    return wait
  }
}

/** With what it only names. What cannot be had is left out: the event itself still says that there was something. */
async function completed(deps: ChannelDeps, account: Account, data: Json, last: boolean): Promise<Json> {
  const fetched = await account.channel.complete?.(data, contextOf(deps, account))
  if (fetched?.kind === 'completed') return fetched.data
  if (fetched && !last) throw new LaterError(cleaner(account.secrets)(fetched.problem), fetched.afterMs)
  return data
}
