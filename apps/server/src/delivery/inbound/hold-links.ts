import { setTimeout as sleep } from 'node:timers/promises'
import type { RawEvent } from '@qiao/channels'
import { readInbox } from '#inboxes'
import { addJobs } from '#platform/jobs/jobs'
import { messageOf } from '#platform/thrown'
import { contextOf, cleaner } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import { recordProblem } from '../accounts/record-problem.ts'
import { type ChannelDeps, channelOf } from '../channel-deps.ts'
import { createKeeper } from './keep-calls.ts'
import { pullJob } from './pull-events.ts'
import { eventsToBeRepeated, noteTold } from './told-so-far.ts'

const lookEveryMs = 2_000
const longestPauseMs = 60_000

/**
 * Keeps the connections open that some providers want instead of webhooks: each by one process, elected by a lock of the
 * database. When that process dies another one connects within seconds.
 */
export function holdLinks(deps: ChannelDeps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const held = new Map<string, Promise<void>>()

  async function look(): Promise<void> {
    const ids = deps.channels.flatMap(({ about, link }) => (link ? [about.id] : []))
    if (ids.length === 0) return
    const rows = await deps.db
      .selectFrom('inboxes')
      .innerJoin('channel_accounts', 'channel_accounts.inbox_id', 'inboxes.id')
      .select('inboxes.id')
      .where('channel', 'in', ids)
      .where('paused_at', 'is', null)
      .where('config', 'is not', null)
      .execute()
    for (const { id } of rows) {
      if (held.has(id)) continue
      const holding = deps.locks
        .attempt(`channel link ${id}`, (lost) => holdOpen(deps, id, AbortSignal.any([lost, stopping.signal])))
        .catch((error: unknown) => deps.log.warn({ inboxId: id, reason: messageOf(error) }, 'a link was given up'))
        .finally(() => held.delete(id))
      held.set(id, holding)
    }
  }
  async function keepLooking(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => deps.log.warn({ reason: messageOf(error) }, 'links were not looked for'))
      await pause(lookEveryMs, stopping.signal)
    }
    await Promise.all(held.values())
  }
  const looking = keepLooking()
  return {
    async stop() {
      stopping.abort()
      await looking
    },
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined)

/** Connects again and again, with growing pauses, until the account changes or somebody says stop. */
async function holdOpen(deps: ChannelDeps, inboxId: string, signal: AbortSignal): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    const account = await openAccount(deps, inboxId)
    if (!account?.channel.link || (await isPaused(deps, inboxId))) return
    const began = performance.now()
    await oneConnection(deps, account, signal)
    failures = performance.now() - began > longestPauseMs ? 0 : failures + 1
    await pause(Math.min(longestPauseMs, 500 * 2 ** failures) * (0.5 + Math.random() / 2), signal)
  }
}

async function oneConnection(deps: ChannelDeps, account: Account, signal: AbortSignal): Promise<void> {
  const { inbox, channel, capabilities, row } = account
  const { settleMs } = capabilities.ordering
  const keeper = createKeeper(deps)
  const repeatsMs = channel.link?.repeatsMs
  const told = repeatsMs === undefined ? null : noteTold(deps, inbox.id, repeatsMs)
  const keep = (events: readonly RawEvent[]) => keeper.keep({ inboxId: inbox.id, events, settleMs })
  const take = told ? (events: readonly RawEvent[]) => told.during(keep(events)) : keep
  const ask = (): void => {
    addJobs(deps.db, [pullJob(inbox.id)]).catch((error: unknown) =>
      // It is asked anyway before long.
      deps.log.warn({ inboxId: inbox.id, reason: messageOf(error) }, 'a pull was not asked for'),
    )
  }
  try {
    const unsure = repeatsMs === undefined ? [] : await eventsToBeRepeated(deps.db, inbox.id, repeatsMs)
    const link = await channel.link?.open(contextOf(deps, account, signal), take, ask, unsure)
    if (!link) return
    const changed = untilChanged(deps, inbox.id, row.version, signal)
    const problem = await Promise.race([link.over, changed])
    if (problem) await recordProblem(deps.db, inbox.id, cleaner(account.secrets)(problem), deps.clock.now())
    else await link.close()
  } catch (error) {
    const detail = cleaner(account.secrets)(messageOf(error)).slice(0, 500)
    await recordProblem(deps.db, inbox.id, { code: 'not-connected', detail }, deps.clock.now()).catch(() => undefined)
  } finally {
    await told?.end()
  }
}

/** Resolves with nothing when the configuration was saved anew, the inbox paused, or this process is to stop. */
async function untilChanged(deps: ChannelDeps, inboxId: string, version: number, signal: AbortSignal): Promise<null> {
  while (!signal.aborted) {
    await pause(lookEveryMs, signal)
    const row = await deps.db
      .selectFrom('channel_accounts')
      .select('version')
      .where('inbox_id', '=', inboxId)
      .executeTakeFirst()
      .catch(() => ({ version }))
    if (row?.version !== version || (await isPaused(deps, inboxId).catch(() => false))) return null
  }
  return null
}

async function isPaused(deps: ChannelDeps, inboxId: string): Promise<boolean> {
  const inbox = await readInbox(deps.db, inboxId)
  return !inbox || inbox.pausedAt !== null || !channelOf(deps, inbox.channel)
}
