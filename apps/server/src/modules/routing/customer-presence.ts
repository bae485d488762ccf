import { callback, leftMessage } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { ConversationDeps } from '#conversations'
import { readRoutingOf } from './routing-of-inbox.ts'

type Deps = Pick<ConversationDeps, 'pool' | 'clock' | 'appender'>

/**
 * A customer opened or closed the page on which they wait. Whoever stays away longer than the queue's grace gives up the
 * place (`tendWork`); whoever comes back before keeps it; whoever comes back later waits live again, at the end.
 */
export async function noteCustomerPresence(
  deps: Deps,
  contactId: string,
  inboxId: string,
  online: boolean,
): Promise<void> {
  const { pool, clock } = deps
  // Of a message nobody is awaited; whoever left it by going away is looked for whenever they come.
  const { rows } = await pool.query<{ id: string; conversation_id: string; channel: string; was_away: boolean }>(
    `update work_items as item set customer_gone_at = case when $3 then null else coalesce(customer_gone_at, $4) end
     from conversations as conversation
     where conversation.id = item.conversation_id and conversation.contact_id = $1 and conversation.inbox_id = $2
       and conversation.state = 'open' and item.state in ('waiting', 'offered') and item.purpose = 'serve'
       and ((item.customer_gone_at is null) <> $3 or $3 and item.channel = $5)
     returning item.id, item.conversation_id, item.channel,
       exists (select from work_items where id = item.previous_id and queue_outcome = 'abandoned') as was_away`,
    [contactId, inboxId, online, clock.now(), leftMessage],
  )
  if (!online) return
  for (const item of rows) if (item.channel === leftMessage && item.was_away) await waitLiveAgain(deps, item)
}

const waitLiveAgain = (
  { pool, appender }: Deps,
  { id, conversation_id: conversationId }: { id: string; conversation_id: string },
): Promise<unknown> =>
  readRoutingByConversation(pool, conversationId).then((channel) =>
    appender.append({
      conversationId,
      clientKey: `back:${id}`,
      author: { type: 'system' },
      decide: ({ queue }) =>
        queue?.itemId === id && queue.channel !== callback
          ? [
              {
                kind: 'conversation.queued',
                body: { itemId: uuidv7(), queueId: queue.queueId, channel, cause: 'came-back' },
              },
            ]
          : [],
    }),
  )

async function readRoutingByConversation(pool: Deps['pool'], conversationId: string): Promise<string> {
  const { rows } = await pool.query<{ inbox_id: string; team_id: string | null }>(
    'select inbox_id, team_id from conversations where id = $1',
    [conversationId],
  )
  const [row] = rows
  return row ? (await readRoutingOf(pool, { inboxId: row.inbox_id, teamId: row.team_id })).channel : leftMessage
}
