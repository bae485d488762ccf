import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { actAsAgent, actorOf } from './act.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { decideQueue } from './queue-rules.ts'

interface Input {
  id: string
  clientKey: string
  queueId: string
  priority?: number | undefined
  note?: string | undefined
}

export async function queueConversation(deps: ConversationDeps, agent: AgentPrincipal, input: Input) {
  const { id, queueId, note, priority } = input
  // Queues belong to a higher module; that there is such a one is all that is needed here.
  const queue = await deps.db
    .selectFrom('queues')
    .select('id')
    .where('id', '=', queueId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  const to = {
    itemId: uuidv7(),
    queueId,
    channel: await channelOf(deps.db, id),
    ...(note ? { note } : {}),
    ...(priority === undefined ? {} : { priority }),
  }
  return actAsAgent(deps, agent, input, (conversation) => {
    // Here and not before: a repeat of what was done is not refused because the queue has been deleted since.
    if (!queue) throw new AppError('queue-not-found')
    return decideQueue(conversation, actorOf(agent), to)
  })
}

/** A promised call or words that were left stay what they are in the next queue; all else is work of the inbox's channel. */
async function channelOf(db: Database, conversationId: string): Promise<string> {
  const { rows } = await sql<{ channel: string }>`
    select coalesce(
      (select channel from work_items where conversation_id = conversation.id and purpose = 'serve'
        and state in ('waiting', 'offered', 'held')),
      inbox.channel) as channel
    from conversations as conversation join inboxes as inbox on inbox.id = conversation.inbox_id
    where conversation.id = ${conversationId}`.execute(db)
  const [row] = rows
  if (!row) throw new AppError('not-found')
  return row.channel
}
