import { deliveryProblem, type ChannelStatus } from '@qiao/protocol'
import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import { requireChannel } from './account-view.ts'
import { ensureAccount } from './open-account.ts'

interface Counts {
  waiting: number
  failed: number
  unknown: number
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function readStatus(deps: ChannelDeps, inboxId: string): Promise<ChannelStatus> {
  const { inbox } = await requireChannel(deps, inboxId)
  const row = await ensureAccount(deps.db, inboxId)
  return {
    configured: row.config !== null,
    pausedAt: inbox.pausedAt,
    lastReceivedAt: iso(row.last_received_at),
    lastSentAt: iso(row.last_sent_at),
    lastProblem: row.last_problem === null ? null : deliveryProblem.parse(row.last_problem),
    lastProblemAt: iso(row.last_problem_at),
    refused: { count: row.refused_count, lastAt: iso(row.last_refused_at), last: row.last_refusal },
    incoming: await count(deps, 'channel_events', inboxId),
    outgoing: await count(deps, 'deliveries', inboxId),
  }
}

/** By the small indexes of what is not done: the history is never counted. */
async function count({ db }: ChannelDeps, table: 'channel_events' | 'deliveries', inboxId: string): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select (select count(*)::int from ${sql.table(table)} where inbox_id = ${inboxId} and state = 'waiting') as waiting,
      (select count(*)::int from ${sql.table(table)}
        where inbox_id = ${inboxId} and state in ('failed', 'unknown') and state = 'failed') as failed,
      (select count(*)::int from ${sql.table(table)}
        where inbox_id = ${inboxId} and state in ('failed', 'unknown') and state = 'unknown') as unknown`.execute(db)
  return rows[0] ?? { waiting: 0, failed: 0, unknown: 0 }
}
