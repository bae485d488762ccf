import { can, type DeliveryProblem, type ErrorCode } from '@qiao/protocol'
import { sql } from 'kysely'
import { z } from 'zod'
import { readAgentSight } from '#access'
import { AppError } from '#platform/errors'
import { addJobs, defineJob, type Job } from '#platform/jobs/jobs'
import type { AgentPrincipal } from '#platform/principal'
import type { ConversationDeps } from './conversation-deps.ts'
import { scheduledJob, sendFirstMailJob, sendScheduledJob, tellScheduled } from './scheduled-job.ts'
import { scheduledColumns, type ScheduledReplyRow, toScheduled } from './scheduled-reply-row.ts'
import { sendReply } from './send-reply.ts'
import { findBegun, startByAgent } from './start-by-agent.ts'

const lateMs = 60_000
const keptMs = 30 * 24 * 3_600_000

export const scheduledReplyJobs = (deps: ConversationDeps): Job[] => [
  defineJob({
    name: sendScheduledJob,
    payload: z.object({ id: z.uuid() }),
    run: ({ id }) => sendScheduled(deps, id),
  }),
  defineJob({
    name: sendFirstMailJob,
    payload: z.object({ id: z.uuid() }),
    run: ({ id }) => sendScheduled(deps, id),
  }),
  // Jobs that gave up or were lost: the rows know what is still to be sent.
  defineJob({
    name: 'tend-scheduled-replies',
    payload: z.object({}).loose(),
    every: '* * * * *',
    run: () => tendScheduled(deps),
  }),
]

/**
 * Sends it with the rights that its writer has now. Killed at any point it is done again: the reply is named after this
 * row, and a second one of that name is the first.
 */
export async function sendScheduled(deps: ConversationDeps, id: string): Promise<void> {
  const now = deps.clock.now()
  const row = await claim(deps, id, now)
  if (!row) return
  const { conversationId, problem } = await send(deps, row)
  await sql`
    update scheduled_replies set state = ${problem ? 'failed' : 'sent'}, changed_at = ${deps.clock.now()},
      problem = ${problem && JSON.stringify(problem)}::jsonb, conversation_id = ${conversationId}
    where id = ${id} and state = 'sending'`.execute(deps.db)
  await tellScheduled(deps, row)
}

/** Null when it was taken back, or has another time by now. */
async function claim({ db }: ConversationDeps, id: string, now: Date): Promise<ScheduledReplyRow | null> {
  const { rows } = await sql<ScheduledReplyRow>`
    update scheduled_replies set state = 'sending', changed_at = ${now}
    where id = ${id} and (state = 'sending' or (state = 'waiting' and send_at <= ${now}))
    returning ${sql.raw(scheduledColumns)}`.execute(db)
  if (rows[0]) return rows[0]
  // Clocks agree only almost: it was asked for a moment too early.
  const waiting = await db
    .selectFrom('scheduled_replies')
    .select(['id', 'inbox_id', 'send_at'])
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  if (waiting) await addJobs(db, [scheduledJob(waiting, waiting.send_at)])
  return null
}

/** Not its own fault: it is tried again. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['internal', 'unavailable', 'rate-limited'])

/** In which conversation it was sent; null while there is none. */
interface Outcome {
  conversationId: string | null
  problem: DeliveryProblem | null
}

async function send(deps: ConversationDeps, row: ScheduledReplyRow): Promise<Outcome> {
  const { conversation_id: conversationId, agent_id: agentId } = row
  const sentIn = await findSent(deps, row)
  if (sentIn !== null) return { conversationId: sentIn, problem: null }
  const agent = await readAgentSight(deps.db, agentId)
  if (!agent || !can(agent.role, 'conversations.work')) return { conversationId, problem: { code: 'forbidden' } }
  try {
    return { conversationId: await sendAs(deps, agent, row), problem: null }
  } catch (error) {
    if (!(error instanceof AppError) || passing.has(error.code)) throw error
    const { detail } = error.details
    return { conversationId, problem: { code: error.code, ...(detail ? { detail: detail.slice(0, 1000) } : {}) } }
  }
}

const keyOf = ({ id }: ScheduledReplyRow): string => `scheduled:${id}`

/** Where it was sent already, by somebody who died before noting so. */
async function findSent(deps: ConversationDeps, row: ScheduledReplyRow): Promise<string | null> {
  const { conversation_id: conversationId, inbox_id: inboxId } = row
  if (inboxId !== null) return findBegun(deps, { inboxId, clientKey: keyOf(row), content: toScheduled(row).content })
  const { rows } = await sql`
    select from entries where conversation_id = ${conversationId} and client_key = ${keyOf(row)} limit 1`.execute(
    deps.db,
  )
  return rows.length > 0 ? conversationId : null
}

async function sendAs(deps: ConversationDeps, agent: AgentPrincipal, row: ScheduledReplyRow): Promise<string> {
  const { conversation_id: id, inbox_id: inboxId, reply_to_id: replyToId } = row
  const { content } = toScheduled(row)
  const clientKey = keyOf(row)
  if (inboxId !== null) return (await startByAgent(deps, agent, { clientKey, inboxId, content })).item.conversation.id
  if (id === null) throw new AppError('not-found')
  const answers = { id, clientKey, content, replyToId: replyToId ?? undefined }
  const viaIdentityId = await deps.outlet?.letterWay(agent, id, content, answers.replyToId)
  await sendReply(deps, agent, { ...answers, viaIdentityId })
  return id
}

async function tendScheduled({ db, clock }: ConversationDeps): Promise<void> {
  const now = clock.now()
  const late = new Date(now.getTime() - lateMs)
  const { rows } = await sql<Pick<ScheduledReplyRow, 'id' | 'inbox_id'>>`
    select id, inbox_id from scheduled_replies
    where state in ('waiting', 'sending') and send_at < ${late} and changed_at < ${late} limit 1000`.execute(db)
  await addJobs(
    db,
    rows.map((row) => scheduledJob(row, now)),
  )
  const over = new Date(now.getTime() - keptMs)
  await sql`delete from scheduled_replies where state in ('sent', 'cancelled') and changed_at < ${over}`.execute(db)
}
