import type { MessageContent, ScheduledReply } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import type { AgentPrincipal } from '#platform/principal'
import { actorOf } from './act.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { describeContent } from './describe-content.ts'
import { readScope } from './read-scope.ts'
import { scheduledColumns, type ScheduledReplyRow, toScheduled } from './scheduled-reply-row.ts'
import { scheduledMoved } from './topics.ts'

const columns = sql.raw(scheduledColumns)
const furthestMs = 400 * 24 * 3_600_000
const mostWaiting = 50

export const sendScheduledJob = 'send-scheduled-reply'
export const scheduledJob = (id: string, sendAt: Date): JobRequest => ({
  name: sendScheduledJob,
  payload: { id },
  key: `scheduled:${id}`,
  runAt: sendAt,
})

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

interface Wanted {
  id: string
  clientKey: string
  content: MessageContent
  replyToId?: string | undefined
  sendAt: string
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
  const sendAt = new Date(wanted.sendAt)
  if (sendAt.getTime() - now.getTime() > furthestMs)
    throw new AppError('invalid-input', { detail: 'That is too far off' })
  const via = await deps.outlet?.letterWay(agent, conversationId, wanted.content, replyToId)
  const allowed =
    via === undefined
      ? await deps.outlet?.mayReply(conversationId, wanted.content, 'agent')
      : (await deps.outlet?.mayReplyVia(agent, conversationId, via, wanted.content))?.content
  const content = await describeContent(deps.db, { agentId, conversationId }, allowed ?? wanted.content)
  const row = await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<ScheduledReplyRow>`
      insert into scheduled_replies
        (id, conversation_id, agent_id, client_key, content, reply_to_id, send_at, state, created_at, changed_at)
      select ${uuidv7()}, ${conversationId}, ${agentId}, ${clientKey}, ${JSON.stringify(content)}::jsonb, ${replyToId ?? null},
        ${sendAt}, 'waiting', ${now}, ${now}
      where (select count(*) from scheduled_replies where conversation_id = ${conversationId}
        and state in ('waiting', 'sending', 'failed')) < ${mostWaiting}
      on conflict (conversation_id, agent_id, client_key) do nothing returning ${columns}`.execute(tx)
    const [made] = rows
    if (made) await addJobs(tx, [scheduledJob(made.id, sendAt)])
    return made
  })
  const kept = row ?? (await findByKey(deps.db, conversationId, agentId, clientKey))
  if (!kept) throw new AppError('conflict', { detail: `More than ${mostWaiting} replies wait in this conversation` })
  await tellScheduled(deps, conversationId)
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

/** Whoever looks at the conversation asks for them again. */
export async function tellScheduled({ db, bus }: ConversationDeps, conversationId: string): Promise<void> {
  const scope = await readScope(db, conversationId)
  if (scope) bus.publish(scheduledMoved, { scope })
}

/** Its writer, or somebody who may touch the work of others. */
async function mustChange(deps: ConversationDeps, agent: AgentPrincipal, id: string): Promise<ScheduledReplyRow> {
  const { rows } = await sql<ScheduledReplyRow>`select ${columns} from scheduled_replies where id = ${id}`.execute(
    deps.db,
  )
  const [row] = rows
  if (!row) throw new AppError('not-found')
  await readItem(deps.db, agent, row.conversation_id)
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
    if (rows[0]) await addJobs(tx, [scheduledJob(id, sendAt)])
    return rows[0]
  })
  if (!row) throw leftAlready()
  await tellScheduled(deps, row.conversation_id)
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
  await tellScheduled(deps, row.conversation_id)
  return toScheduled(row)
}
