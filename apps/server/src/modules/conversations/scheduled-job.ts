import { AppError } from '#platform/errors'
import type { JobRequest } from '#platform/jobs/jobs'
import type { ConversationDeps } from './conversation-deps.ts'
import { readScope } from './read-scope.ts'
import type { ScheduledReplyRow } from './scheduled-reply-row.ts'
import { firstMailsMoved, scheduledMoved } from './topics.ts'

const furthestMs = 400 * 24 * 3_600_000

export const sendScheduledJob = 'send-scheduled-reply'
/** Another name: a process of a version that knows only replies leaves it to the others. */
export const sendFirstMailJob = 'send-first-mail'

type Waiting = Pick<ScheduledReplyRow, 'id' | 'inbox_id'>

export const scheduledJob = ({ id, inbox_id: inboxId }: Waiting, sendAt: Date): JobRequest => ({
  name: inboxId === null ? sendScheduledJob : sendFirstMailJob,
  payload: { id },
  key: `scheduled:${id}`,
  runAt: sendAt,
})

export function scheduledTime(wanted: string, now: Date): Date {
  const sendAt = new Date(wanted)
  if (sendAt.getTime() - now.getTime() <= furthestMs) return sendAt
  throw new AppError('invalid-input', { detail: 'That is too far off' })
}

/** Whoever looks at the conversation asks for them again; of a first letter only its writer knows. */
export async function tellScheduled(
  { db, bus }: ConversationDeps,
  row: Pick<ScheduledReplyRow, 'inbox_id' | 'conversation_id' | 'agent_id'>,
): Promise<void> {
  if (row.inbox_id !== null || row.conversation_id === null)
    return bus.publish(firstMailsMoved, { agentId: row.agent_id })
  const scope = await readScope(db, row.conversation_id)
  if (scope) bus.publish(scheduledMoved, { scope })
}
