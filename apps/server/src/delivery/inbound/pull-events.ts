import type { Json } from '@qiao/channels'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { cleaner, contextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import { recordProblem } from '../accounts/record-problem.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { eventsWait } from '../topics.ts'
import { noteReceived, storeEvents } from './store-events.ts'

export const pullEventsJob = 'pull-channel-events'

interface Asked {
  runAt?: Date
  /** What the provider gave with its call, to be shown when it is asked. */
  hint?: Json | undefined
}

export const pullJob = (inboxId: string, { runAt, hint }: Asked = {}): JobRequest => ({
  name: pullEventsJob,
  payload: { inboxId, ...(hint === undefined ? {} : { hint }) },
  key: `pull:${inboxId}`,
  ...(runAt ? { runAt } : {}),
})

/** Then other jobs have their turn. */
const roundsAtOnce = 20
const busyMs = 1_000

/** Asked for by hints alone where the provider gives any, else again and again. */
export const isPolled = ({ channel }: Account): boolean => channel.pull !== undefined && channel.webhook === undefined

/** Events and how far they reach are stored together: killed anywhere, the next one asks for the same again. */
export async function pullEvents(
  deps: ChannelDeps,
  { inboxId, hint }: { inboxId: string; hint?: Json | undefined },
  signal?: AbortSignal,
): Promise<void> {
  const next = await deps.locks.attempt(`channel pull ${inboxId}`, () => pullOnce(deps, inboxId, hint, signal))
  // Somebody is at it, and may have asked before the hint came that we are here for.
  const wait = next === undefined ? busyMs : next
  if (wait === null) return
  await addJobs(deps.db, [pullJob(inboxId, { runAt: new Date(deps.clock.now().getTime() + wait), hint })])
}

/** Gives after how many milliseconds to ask again; null: when there is a hint. */
async function pullOnce(
  deps: ChannelDeps,
  inboxId: string,
  hint: Json | undefined,
  signal?: AbortSignal,
): Promise<number | null> {
  for (let round = 0; round < roundsAtOnce; round += 1) {
    const account = await openAccount(deps, inboxId)
    const pull = account?.channel.pull
    if (!account || !pull || account.inbox.pausedAt) return null
    const { settleMs } = account.capabilities.ordering
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- stored as the channel returned it
    const state = (account.row.pull_state ?? null) as Json
    const result = await pull.fetch(state, contextOf(deps, account, signal), hint)
    if (result.kind === 'failed') {
      await recordProblem(deps.db, inboxId, cleaner(account.secrets)(result.problem), deps.clock.now())
      return result.afterMs ?? Math.max(pull.everyMs, 5_000)
    }
    const customers = await deps.db.transaction().execute(async (tx) => {
      const waiting = await storeEvents(tx, [{ inboxId, events: result.events, settleMs }], deps.clock.now())
      await tx
        .updateTable('channel_accounts')
        .set({ pull_state: JSON.stringify(result.state) })
        .where('inbox_id', '=', inboxId)
        .execute()
      return waiting
    })
    if (customers.length > 0) deps.bus.publish(eventsWait, { customers })
    if (result.events.length > 0) await noteReceived(deps.db, [inboxId], deps.clock.now())
    if (!result.more) return isPolled(account) ? pull.everyMs : null
  }
  return 0
}
