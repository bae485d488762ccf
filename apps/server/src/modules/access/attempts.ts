import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import { AppError } from '#platform/errors'
import type { Database } from '#platform/database/connect'

export interface Limit {
  key: string
  max: number
  windowSeconds: number
  /** A success clears it; of the others it takes only its own attempt back. */
  cleared?: true
}

const quarter = 15 * 60

/** Whoever has one IPv6 address has 2^64 of them: the network counts. */
export function placeOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  return address instanceof ipaddr.IPv6
    ? `${address.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : address.toString()
}

/**
 * Guessing one password from one place is stopped early; guessing it from many places later, so that a stranger cannot
 * lock an agent out cheaply; one address only far above what an office of hundreds behind it mistypes.
 */
export const signInLimits = (email: string, ip: string): Limit[] => [
  { key: `sign-in ${placeOf(ip)}`, max: 300, windowSeconds: quarter },
  { key: `sign-in ${email} ${placeOf(ip)}`, max: 10, windowSeconds: quarter, cleared: true },
  { key: `sign-in ${email}`, max: 100, windowSeconds: quarter },
]

export const resetLimits = (email: string, ip: string): Limit[] => [
  { key: `reset ${placeOf(ip)}`, max: 100, windowSeconds: quarter },
  { key: `reset ${email}`, max: 5, windowSeconds: quarter },
]

/** The password asked again by somebody at an open screen. */
export const confirmLimits = (agentId: string): Limit[] => [
  { key: `confirm ${agentId}`, max: 20, windowSeconds: quarter, cleared: true },
]

/**
 * Counts an attempt before it is made, so that many at once cannot all pass; a success takes it back with
 * `forgiveAttempts`, so that only failures add up. Who is refused by one limit leaves no trace in those after it: a
 * stranger who keeps on guessing from one place does not use up the account's limit. Throws `rate-limited` with the
 * seconds until the window ends.
 */
export async function countAttempt(db: Database, limits: readonly Limit[], now: Date): Promise<void> {
  for (const limit of limits) {
    const { count, startedAt } = await countOne(db, limit, now)
    if (count <= limit.max) continue
    const seconds = Math.ceil((startedAt.getTime() - now.getTime()) / 1000) + limit.windowSeconds
    throw new AppError('rate-limited', {
      detail: `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`,
      retryAfterSeconds: seconds,
    })
  }
}

async function countOne(db: Database, { key, windowSeconds }: Limit, now: Date) {
  const windowStart = new Date(now.getTime() - windowSeconds * 1000)
  const ended = sql<boolean>`attempts.started_at <= ${windowStart}`
  return db
    .insertInto('attempts')
    .values({ key, count: 1, started_at: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql`case when ${ended} then 1 else least(attempts.count + 1, 1000000) end`,
        started_at: sql`case when ${ended} then excluded.started_at else attempts.started_at end`,
      }),
    )
    .returning(['count', 'started_at as startedAt'])
    .executeTakeFirstOrThrow()
}

export async function forgiveAttempts(db: Database, limits: readonly Limit[]): Promise<void> {
  for (const { key, cleared } of limits) {
    if (cleared) await db.deleteFrom('attempts').where('key', '=', key).execute()
    else
      await db
        .updateTable('attempts')
        .set({ count: sql`greatest(count - 1, 0)` })
        .where('key', '=', key)
        .execute()
  }
}
