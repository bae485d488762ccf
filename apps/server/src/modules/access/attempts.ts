import { sql } from 'kysely'
import { AppError } from '#platform/errors'
import type { Database } from '#platform/database/connect'

export interface Limit {
  key: string
  max: number
  windowSeconds: number
}

const quarter = 15 * 60

/**
 * Guessing one password from one place is stopped early; guessing it from many places later, so that a stranger cannot
 * lock an agent out cheaply; one address only far above what an office of hundreds behind it mistypes.
 */
export const signInLimits = (email: string, ip: string): Limit[] => [
  { key: `sign-in ${email} ${ip}`, max: 10, windowSeconds: quarter },
  { key: `sign-in ${email}`, max: 100, windowSeconds: quarter },
  { key: `sign-in ${ip}`, max: 300, windowSeconds: quarter },
]

export const resetLimits = (email: string, ip: string): Limit[] => [
  { key: `reset ${email}`, max: 5, windowSeconds: quarter },
  { key: `reset ${ip}`, max: 100, windowSeconds: quarter },
]

/** The password asked again by somebody at an open screen. */
export const confirmLimits = (agentId: string): Limit[] => [
  { key: `confirm ${agentId}`, max: 20, windowSeconds: quarter },
]

/**
 * Counts an attempt before it is made, so that many at once cannot all pass; a success takes it back with
 * `forgiveAttempts`, so that only failures add up. Throws `rate-limited` with the seconds until the window ends.
 */
export async function countAttempt(db: Database, limits: readonly Limit[], now: Date): Promise<void> {
  let wait = 0
  for (const { key, max, windowSeconds } of limits) {
    const windowStart = new Date(now.getTime() - windowSeconds * 1000)
    const { count, started_at } = await db
      .insertInto('attempts')
      .values({ key, count: 1, started_at: now })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          count: sql`case when attempts.started_at <= ${windowStart} then 1 else least(attempts.count + 1, 1000000) end`,
          started_at: sql`case when attempts.started_at <= ${windowStart} then ${now}::timestamptz else attempts.started_at end`,
        }),
      )
      .returning(['count', 'started_at'])
      .executeTakeFirstOrThrow()
    if (count > max) wait = Math.max(wait, (started_at.getTime() + windowSeconds * 1000 - now.getTime()) / 1000)
  }
  if (wait > 0) {
    const seconds = Math.ceil(wait)
    throw new AppError('rate-limited', {
      detail: `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes.`,
      retryAfterSeconds: seconds,
    })
  }
}

/** A success clears the narrowest counter and takes its own attempt out of the wider ones. */
export async function forgiveAttempts(db: Database, limits: readonly Limit[]): Promise<void> {
  const [narrowest, ...wider] = limits.map((limit) => limit.key)
  if (narrowest) await db.deleteFrom('attempts').where('key', '=', narrowest).execute()
  if (wider.length === 0) return
  await db
    .updateTable('attempts')
    .set({ count: sql`greatest(count - 1, 0)` })
    .where('key', 'in', wider)
    .execute()
}
