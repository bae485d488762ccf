import { deliveryProblem, type deadLetter } from '@qiao/protocol'
import { sql } from 'kysely'
import { z } from 'zod'
import { decodeCursor, encodeCursor } from '#platform/cursor'
import { AppError } from '#platform/errors'
import { requireChannel } from '../accounts/account-view.ts'
import type { ChannelDeps } from '../channel-deps.ts'

type DeadLetter = z.output<typeof deadLetter>

interface Row {
  id: string
  direction: 'in' | 'out'
  state: 'failed' | 'unknown'
  at: Date
  reason: string | null
  problem: unknown
  conversation_id: string | null
  entry_id: string | null
  content: unknown
}

/** Both directions in one list, newest first; `in-12` and `out-…` say which is which. */
export async function listDeadLetters(
  deps: ChannelDeps,
  inboxId: string,
  query: { direction?: 'in' | 'out' | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, 2)
  if (after && !z.iso.datetime().safeParse(after[0]).success) throw new AppError('bad-request')
  await requireChannel(deps, inboxId)
  const below = after ? sql`and (at, id) < (${after[0]}::timestamptz, ${after[1]})` : sql``
  const wanted = query.direction ?? null
  const { rows } = await sql<Row>`
    select * from (
      select 'in-' || id as id, 'in' as direction, state, received_at as at, reason, null::jsonb as problem,
        null::uuid as conversation_id, null::uuid as entry_id, data as content
      from channel_events where inbox_id = ${inboxId} and state in ('failed', 'unknown')
      union all
      select 'out-' || entry_id, 'out', state, changed_at, null, problem, conversation_id, entry_id,
        (select coalesce(jsonb_agg(jsonb_build_object('state', part.state, 'request', request, 'problem', part.problem)
          order by number), '[]') from delivery_parts as part where part.entry_id = deliveries.entry_id)
      from deliveries where inbox_id = ${inboxId} and state in ('failed', 'unknown')
    ) as letter where (${wanted}::text is null or direction = ${wanted}) ${below}
    order by at desc, id desc limit ${query.limit + 1}`.execute(deps.db)
  const items = rows.slice(0, query.limit).map((row): DeadLetter => ({
    id: row.id,
    direction: row.direction,
    state: row.state,
    at: row.at.toISOString(),
    reason: row.reason,
    problem: row.problem === null ? null : deliveryProblem.parse(row.problem),
    conversationId: row.conversation_id,
    entryId: row.entry_id,
    content: row.content,
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > query.limit && last ? encodeCursor([last.at, last.id]) : null }
}
