import { createHash } from 'node:crypto'
import type { Channel } from '@qiao/channels'
import { type ChannelAccount, type DeliveryProblem, deliveryProblem } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { RawConfig } from './config-form.ts'

const [hour, day] = [3_600_000, 86_400_000]

/** What is known of the access that runs out, in times of milliseconds. */
export interface Kept {
  /** Since when it is here. */
  seenAt: number
  endsAt: number | null
  renewedAt: number | null
  triedAt: number | null
  problem: DeliveryProblem | null
}

/** The secret that runs out; null where none does. */
export function secretThatEnds({ renewal }: Channel, config: unknown, raw: RawConfig): string | null {
  if (!renewal?.runsOut(config)) return null
  const secret = raw[renewal.grants]
  return typeof secret === 'string' && secret !== '' ? secret : null
}

/** The secret itself is nowhere but in the sealed configuration. */
export const fingerprintOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 32)

/**
 * Once half of its time is over, and every hour from then until it works. Of one that somebody pasted nothing is known: it is
 * tried four times a day, until the provider says how long the new one is good.
 */
export function isDue(kept: Kept | null, now: number): boolean {
  if (!kept || kept.triedAt === null) return true
  const { endsAt, renewedAt, triedAt } = kept
  if (endsAt === null || endsAt <= now) return now - triedAt >= 6 * hour
  return now >= endsAt - (endsAt - (renewedAt ?? kept.seenAt)) / 2 && now - triedAt >= hour
}

export const warnMs = 14 * day

/** `unknown`: pasted, and too young to be renewed yet. */
export function standingOf(kept: Kept | null, now: number): NonNullable<ChannelAccount['access']>['state'] {
  if (kept?.endsAt != null && kept.endsAt <= now) return 'over'
  if (kept?.problem) return 'failing'
  return kept?.endsAt == null ? 'unknown' : 'good'
}

interface Row {
  seen_at: Date
  ends_at: Date | null
  renewed_at: Date | null
  tried_at: Date | null
  problem: unknown
}

/** Null for a secret that nobody has looked at: what is known of an older one says nothing of it. */
export async function readKept(db: Database, inboxId: string, secret: string): Promise<Kept | null> {
  const { rows } = await sql<Row>`
    select seen_at, ends_at, renewed_at, tried_at, problem from channel_access
    where inbox_id = ${inboxId} and fingerprint = ${fingerprintOf(secret)}`.execute(db)
  const [row] = rows
  if (!row) return null
  return {
    seenAt: row.seen_at.getTime(),
    endsAt: row.ends_at?.getTime() ?? null,
    renewedAt: row.renewed_at?.getTime() ?? null,
    triedAt: row.tried_at?.getTime() ?? null,
    problem: row.problem === null ? null : deliveryProblem.parse(row.problem),
  }
}

const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

export async function keep(db: Database, inboxId: string, secret: string, kept: Kept): Promise<void> {
  const row = {
    fingerprint: fingerprintOf(secret),
    seen_at: new Date(kept.seenAt),
    ends_at: at(kept.endsAt),
    renewed_at: at(kept.renewedAt),
    tried_at: at(kept.triedAt),
    problem: kept.problem === null ? null : JSON.stringify(kept.problem),
  }
  await db
    .insertInto('channel_access')
    .values({ inbox_id: inboxId, ...row })
    .onConflict((conflict) => conflict.column('inbox_id').doUpdateSet(row))
    .execute()
}
