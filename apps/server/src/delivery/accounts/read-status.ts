import { deliveryProblem, type accountStates, type ChannelStatus } from '@qiao/protocol'
import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import { requireChannel } from './account-view.ts'
import { ensureAccount } from './open-account.ts'

interface Counts {
  waiting: number
  failed: number
  unknown: number
}

export interface StateFacts {
  paused_at: Date | null
  config: string | null
  last_problem_at: Date | null
  last_sent_at: Date | null
  /** Whether anything that came in could not be taken and waits for a person. */
  has_lost: boolean
}

/** A problem is over once something has gone out after it; saving the configuration and a good check forget it too. */
export function stateOf(facts: StateFacts): (typeof accountStates)[number] {
  if (facts.config === null) return 'unset'
  if (facts.paused_at) return 'paused'
  const { last_problem_at: failedAt, last_sent_at: sentAt } = facts
  if (facts.has_lost) return 'failing'
  return failedAt && (!sentAt || failedAt > sentAt) ? 'failing' : 'working'
}

export const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export async function readStatus(deps: ChannelDeps, inboxId: string): Promise<ChannelStatus> {
  const { inbox } = await requireChannel(deps, inboxId)
  const row = await ensureAccount(deps.db, inboxId)
  const incoming = await count(deps, 'channel_events', inboxId)
  const pausedAt = inbox.pausedAt === null ? null : new Date(inbox.pausedAt)
  return {
    configured: row.config !== null,
    state: stateOf({ ...row, paused_at: pausedAt, has_lost: incoming.failed > 0 }),
    pausedAt: inbox.pausedAt,
    lastReceivedAt: iso(row.last_received_at),
    lastSentAt: iso(row.last_sent_at),
    lastProblem: row.last_problem === null ? null : deliveryProblem.parse(row.last_problem),
    lastProblemAt: iso(row.last_problem_at),
    refused: { count: row.refused_count, lastAt: iso(row.last_refused_at), last: row.last_refusal },
    incoming,
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
