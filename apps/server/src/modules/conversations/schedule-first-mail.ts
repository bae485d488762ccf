import type { ScheduledReply } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import type { AgentPrincipal } from '#platform/principal'
import type { ConversationDeps } from './conversation-deps.ts'
import { scheduledJob, scheduledTime, tellScheduled } from './scheduled-job.ts'
import { scheduledColumns, type ScheduledReplyRow, type ToSchedule, toScheduled } from './scheduled-reply-row.ts'
import { describeFirst } from './start-by-agent.ts'

const columns = sql.raw(scheduledColumns)
const mostWaiting = 200
/** So long one that has left is told of, with the conversation that it began. */
const toldMs = 60_000

/** Refused now is what could not begin a conversation now; until it leaves there is none. */
export async function scheduleFirstMail(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  { id: inboxId, clientKey, ...wanted }: ToSchedule & { id: string },
): Promise<ScheduledReply> {
  const { agentId } = agent
  const now = deps.clock.now()
  const sendAt = scheduledTime(wanted.sendAt, now)
  const known = await findByKey(deps.db, agentId, clientKey)
  if (known) return toScheduled(known)
  const { content } = await describeFirst(deps, agent, { inboxId, content: wanted.content })
  const row = await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<ScheduledReplyRow>`
      insert into scheduled_replies
        (id, inbox_id, agent_id, client_key, content, writing, send_at, state, created_at, changed_at)
      select ${uuidv7()}, ${inboxId}, ${agentId}, ${clientKey}, ${JSON.stringify(content)}::jsonb,
        ${wanted.writing ? JSON.stringify(wanted.writing) : null}::jsonb, ${sendAt}, 'waiting', ${now}, ${now}
      where (select count(*) from scheduled_replies where agent_id = ${agentId} and inbox_id is not null
        and state in ('waiting', 'sending', 'failed')) < ${mostWaiting}
      on conflict (agent_id, client_key) where inbox_id is not null do nothing returning ${columns}`.execute(tx)
    const [made] = rows
    if (made) await addJobs(tx, [scheduledJob(made, sendAt)])
    return made
  })
  const kept = row ?? (await findByKey(deps.db, agentId, clientKey))
  if (!kept) throw new AppError('conflict', { detail: `More than ${mostWaiting} mails of yours wait to be sent` })
  await tellScheduled(deps, kept)
  return toScheduled(kept)
}

async function findByKey(db: Database, agentId: string, clientKey: string): Promise<ScheduledReplyRow | undefined> {
  const { rows } = await sql<ScheduledReplyRow>`
    select ${columns} from scheduled_replies
    where agent_id = ${agentId} and client_key = ${clientKey} and inbox_id is not null`.execute(db)
  return rows[0]
}

export async function listScheduledMails(
  { db, clock }: Pick<ConversationDeps, 'db' | 'clock'>,
  { agentId }: AgentPrincipal,
): Promise<ScheduledReply[]> {
  const justNow = new Date(clock.now().getTime() - toldMs)
  const { rows } = await sql<ScheduledReplyRow>`
    select ${columns} from scheduled_replies
    where agent_id = ${agentId} and inbox_id is not null
      and (state in ('waiting', 'sending', 'failed') or (state = 'sent' and changed_at > ${justNow}))
    order by send_at, id`.execute(db)
  return rows.map(toScheduled)
}
