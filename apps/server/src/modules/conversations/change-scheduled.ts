import type { ScheduledReply } from '@qiao/protocol'
import { sql } from 'kysely'
import { AppError } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import type { AgentPrincipal } from '#platform/principal'
import { actorOf } from './act.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { scheduledJob, tellScheduled } from './scheduled-job.ts'
import { scheduledColumns, type ScheduledReplyRow, toScheduled } from './scheduled-reply-row.ts'
import { mustSeeInbox } from './start-by-agent.ts'

const columns = sql.raw(scheduledColumns)

/** Its writer, or somebody who may touch the work of others. */
async function mustChange(deps: ConversationDeps, agent: AgentPrincipal, id: string): Promise<ScheduledReplyRow> {
  const { rows } = await sql<ScheduledReplyRow>`select ${columns} from scheduled_replies where id = ${id}`.execute(
    deps.db,
  )
  const [row] = rows
  if (!row) throw new AppError('not-found')
  if (row.inbox_id !== null) mustSeeInbox(agent, row.inbox_id)
  else await readItem(deps.db, agent, row.conversation_id ?? '')
  if (row.agent_id !== agent.agentId && !actorOf(agent).mayTouchOthers)
    throw new AppError('forbidden', { detail: 'Somebody else wrote it' })
  return row
}

const leftAlready = (): AppError => new AppError('conflict', { detail: 'It has left already' })

/** One that failed is tried again at that time. */
export async function moveScheduledReply(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  id: string,
  sendAt: Date,
): Promise<ScheduledReply> {
  await mustChange(deps, agent, id)
  const row = await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<ScheduledReplyRow>`
      update scheduled_replies set send_at = ${sendAt}, state = 'waiting', problem = null, changed_at = ${deps.clock.now()}
      where id = ${id} and state in ('waiting', 'failed') returning ${columns}`.execute(tx)
    if (rows[0]) await addJobs(tx, [scheduledJob(rows[0], sendAt)])
    return rows[0]
  })
  if (!row) throw leftAlready()
  await tellScheduled(deps, row)
  return toScheduled(row)
}

/** Either this or the sending finds it waiting, never both. */
export async function cancelScheduledReply(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  id: string,
): Promise<ScheduledReply> {
  const before = await mustChange(deps, agent, id)
  if (before.state === 'cancelled') return toScheduled(before)
  const { rows } = await sql<ScheduledReplyRow>`
    update scheduled_replies set state = 'cancelled', changed_at = ${deps.clock.now()}
    where id = ${id} and state in ('waiting', 'failed') returning ${columns}`.execute(deps.db)
  const [row] = rows
  if (!row) throw leftAlready()
  await tellScheduled(deps, row)
  return toScheduled(row)
}
