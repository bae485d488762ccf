import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'

/** So long a sender waits itself; beyond that the job comes back. */
const longestWaitMs = 2_000

/**
 * Takes the next place under a rate that all processes share. Gives the milliseconds to wait before the call, and
 * whether the place is ours: one further ahead than `longestMs` is not taken.
 */
export async function takePlace(
  db: Database,
  key: string,
  perSecond: number,
  now: Date,
  longestMs = longestWaitMs,
): Promise<{ waitMs: number; taken: boolean }> {
  if (!Number.isFinite(perSecond) || perSecond <= 0) return { waitMs: 0, taken: true }
  const stepMs = 1000 / perSecond
  const next = new Date(now.getTime() + stepMs)
  const latest = new Date(now.getTime() + longestMs)
  const { rows } = await sql<{ free_at: Date }>`
    insert into send_rates as rate (key, free_at) values (${key}, ${next})
    on conflict (key) do update set free_at = greatest(rate.free_at, ${now}) + make_interval(secs => ${stepMs / 1000})
    where rate.free_at <= ${latest}
    returning free_at`.execute(db)
  const [row] = rows
  if (row) return { waitMs: Math.max(0, row.free_at.getTime() - stepMs - now.getTime()), taken: true }
  const held = await db.selectFrom('send_rates').select('free_at').where('key', '=', key).executeTakeFirst()
  return { waitMs: Math.max(longestMs, (held?.free_at.getTime() ?? 0) - now.getTime()), taken: false }
}

/** For what is dropped rather than late: whether nothing of this key has happened for so long. */
export async function takeTurn(db: Database, key: string, everyMs: number, now: Date): Promise<boolean> {
  if (!Number.isFinite(everyMs)) return true
  const { rows } = await sql`
    insert into send_rates as rate (key, free_at) values (${key}, ${new Date(now.getTime() + everyMs)})
    on conflict (key) do update set free_at = excluded.free_at where rate.free_at <= ${now}
    returning key`.execute(db)
  return rows.length > 0
}

/** The provider has had enough for now: everybody waits, not only the message that heard it. */
export async function holdBack(db: Database, key: string, until: Date): Promise<void> {
  await sql`
    insert into send_rates as rate (key, free_at) values (${key}, ${until})
    on conflict (key) do update set free_at = greatest(rate.free_at, ${until})`.execute(db)
}

/** Old places say nothing. */
export async function sweepRates(db: Database, now: Date): Promise<void> {
  await db
    .deleteFrom('send_rates')
    .where('free_at', '<', new Date(now.getTime() - 60_000))
    .execute()
}
