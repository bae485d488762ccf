import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#platform/database/connect'
import { messageOf } from '#platform/thrown'
import type { ChannelDeps } from '../channel-deps.ts'

/**
 * How far a provider was surely told that we have what it sent by its link. What was stored after that, or shortly before,
 * may come again on the next connection, and providers that number nothing say nothing by which that could be seen.
 */

const kept = z.object({ toldUntil: z.iso.datetime() })

/** Until then the answer has certainly left. */
const noteAfterMs = 500

/** Ids of what may be repeated by a provider that repeats what is up to `repeatsMs` old. */
export async function eventsToBeRepeated(db: Database, inboxId: string, repeatsMs: number): Promise<string[]> {
  const account = await db
    .selectFrom('channel_accounts')
    .select('pull_state')
    .where('inbox_id', '=', inboxId)
    .executeTakeFirst()
  const told = kept.safeParse(account?.pull_state).data
  if (!told) return []
  const since = new Date(Date.parse(told.toldUntil) - repeatsMs)
  // By state, since that is how they are indexed.
  const { rows } = await sql<{ event_id: string }>`
    select event_id from channel_events where inbox_id = ${inboxId} and state = 'done' and received_at >= ${since}
    union all
    select event_id from channel_events where inbox_id = ${inboxId} and state = 'waiting' and received_at >= ${since}
    union all
    select event_id from channel_events
    where inbox_id = ${inboxId} and state in ('failed', 'unknown') and received_at >= ${since}`.execute(db)
  return rows.map((row) => row.event_id)
}

/** Of one connection, until it breaks: during all that comes, and once more when that has grown too old to be repeated. */
export function noteTold(
  { db, clock, log }: Pick<ChannelDeps, 'db' | 'clock' | 'log'>,
  inboxId: string,
  repeatsMs: number,
) {
  const broken = new AbortController()
  const underWay = new Set<Date>()
  let noting = Promise.resolve()
  let isNoting = false
  let lastAt = 0

  async function note(): Promise<void> {
    isNoting = true
    let until = 0
    do {
      const [oldest = clock.now()] = underWay
      until = oldest.getTime()
      await sleep(noteAfterMs, undefined, { signal: broken.signal }).catch(() => undefined)
      // What was answered last may not have reached the provider.
      if (broken.signal.aborted) break
      const pullState = JSON.stringify({ toldUntil: oldest.toISOString() })
      await db.updateTable('channel_accounts').set({ pull_state: pullState }).where('inbox_id', '=', inboxId).execute()
    } while (until - lastAt <= repeatsMs)
    isNoting = false
  }
  return {
    /** Waits for what stores events; whoever waits for this tells the provider at once. */
    async during(storing: Promise<void>): Promise<void> {
      const began = clock.now()
      underWay.add(began)
      await storing.finally(() => underWay.delete(began))
      lastAt = clock.now().getTime()
      if (isNoting || broken.signal.aborted) return
      noting = note().catch((error: unknown) => {
        isNoting = false
        log.warn({ inboxId, reason: messageOf(error) }, 'how far a link has come was not noted')
      })
    },
    async end(): Promise<void> {
      broken.abort()
      await noting
    },
  }
}
