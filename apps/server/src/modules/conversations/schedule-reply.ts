import type { ScheduledReply } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import type { AgentPrincipal } from '#platform/principal'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { describeContent } from './describe-content.ts'
import { scheduledTime, scheduledJob, tellScheduled } from './scheduled-job.ts'
import { scheduledColumns, type ScheduledReplyRow, type ToSchedule, toScheduled } from './scheduled-reply-row.ts'

const columns = sql.raw(scheduledColumns)
const mostWaiting = 50

export async function listScheduledReplies(
  db: Database,
  agent: AgentPrincipal,
  conversationId: string,
): Promise<ScheduledReply[]> {
  await readItem(db, agent, conversationId)
  const { rows } = await sql<ScheduledReplyRow>`
    select ${columns} from scheduled_replies
    where conversation_id = ${conversationId} and state in ('waiting', 'sending', 'failed')
    order by send_at, id`.execute(db)
  return rows.map(toScheduled)
}

interface Wanted extends ToSchedule {
  id: string
  replyToId?: string | undefined
}

/** Refused now is what would be refused if it were sent now; what changes until its time is seen then. */
export async function scheduleReply(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  { id: conversationId, clientKey, replyToId, ...wanted }: Wanted,
): Promise<ScheduledReply> {
  const { agentId } = agent
  await readItem(deps.db, agent, conversationId)
  const known = await findByKey(deps.db, conversationId, agentId, clientKey)
  if (known) return toScheduled(known)
  const now = deps.clock.now()
  const sendAt = scheduledTime(wanted.sendAt, now)
  const via = await deps.outlet?.letterWay(agent, conversationId, wanted.content, replyToId)
  const allowed =
    via === undefined
      ? await deps.outlet?.mayReply(conversationId, wanted.content, 'agent')
      : (await deps.outlet?.mayReplyVia(agent, conversationId, via, wanted.content))?.content
  const content = await describeContent(deps.db, { agentId, conversationId }, allowed ?? wanted.content)
  const row = await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<ScheduledReplyRow>`
      insert into scheduled_replies
        (id, conversation_id, agent_id, client_key, content, reply_to_id, writing, send_at, state, created_at, changed_at)
      select ${uuidv7()}, ${conversationId}, ${agentId}, ${clientKey}, ${JSON.stringify(content)}::jsonb, ${replyToId ?? null},
        ${wanted.writing ? JSON.stringify(wanted.writing) : null}::jsonb, ${sendAt}, 'waiting', ${now}, ${now}
      where (select count(*) from scheduled_replies where conversation_id = ${conversationId}
        and state in ('waiting', 'sending', 'failed')) < ${mostWaiting}
      on conflict (conversation_id, agent_id, client_key) do nothing returning ${columns}`.execute(tx)
    const [made] = rows
    if (made) await addJobs(tx, [scheduledJob(made, sendAt)])
    return made
  })
  const kept = row ?? (await findByKey(deps.db, conversationId, agentId, clientKey))
  if (!kept) throw new AppError('conflict', { detail: `More than ${mostWaiting} replies wait in this conversation` })
  await tellScheduled(deps, kept)
  return toScheduled(kept)
}

async function findByKey(
  db: Database,
  conversationId: string,
  agentId: string,
  clientKey: string,
): Promise<ScheduledReplyRow | undefined> {
  const { rows } = await sql<ScheduledReplyRow>`
    select ${columns} from scheduled_replies
    where conversation_id = ${conversationId} and agent_id = ${agentId} and client_key = ${clientKey}`.execute(db)
  return rows[0]
}
