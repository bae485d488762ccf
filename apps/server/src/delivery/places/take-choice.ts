import { messageContent } from '@qiao/protocol'
import { type Instead, leaveQueue } from '#conversations'
import { AppError } from '#platform/errors'
import type { ChannelDeps } from '../channel-deps.ts'
import { findListener } from './announce.ts'
import { type Choice, chosenOf, type Option } from './place-words.ts'

interface Row {
  content: unknown
  contact_id: string
  inbox_id: string
  options: Option[]
}

const toldOptions = `
select entries.body -> 'content' as content, conversation.contact_id, conversation.inbox_id, told.options
from conversations as conversation
join entries on entries.conversation_id = conversation.id and entries.id = $2
cross join lateral (
  select options from told_stays where item_id = (conversation.queue ->> 'itemId')::uuid and options <> '[]'
    and told_at <= entries.at
  order by told_at desc limit 1) as told
where conversation.id = $1 and conversation.queue is not null`

/**
 * A customer who waits may answer what they were told last with one of its choices. Runs after the message is stored, as
 * often as its event is worked off; what is no choice is a message like any other.
 */
export async function takeChoice(deps: ChannelDeps, conversationId: string, entryId: string): Promise<void> {
  const { rows } = await deps.pool.query<Row>({
    name: 'told-options',
    text: toldOptions,
    values: [conversationId, entryId],
  })
  const [row] = rows
  if (!row) return
  const { data: content } = messageContent.safeParse(row.content)
  const chosen = content?.type === 'text' ? chosenOf(content, row.options) : null
  if (chosen === null) return
  const instead = await insteadOf(deps, conversationId, chosen)
  if (!instead) return
  const conversation = { id: conversationId, inboxId: row.inbox_id, contactId: row.contact_id }
  try {
    await leaveQueue(deps, conversation, `choice:${entryId}`, instead, null)
  } catch (error) {
    // Somebody has taken it meanwhile, and reads what the customer wrote.
    if (!(error instanceof AppError) || error.code !== 'not-waiting') throw error
  }
}

/** Null where nobody knows where to call. */
async function insteadOf(deps: ChannelDeps, conversationId: string, to: Choice): Promise<Instead | null> {
  if (to !== 'callback') return { to }
  const listener = await findListener(deps, conversationId)
  return listener?.phone ? { to, phone: listener.phone } : null
}
