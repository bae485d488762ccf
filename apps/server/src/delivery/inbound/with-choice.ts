import { type MessageContent, messageContent, quickReplies } from '@qiao/protocol'
import { sql } from 'kysely'
import type { Database } from '#platform/database/connect'
import type { KnownMessage } from './provider-messages.ts'

interface Chosen {
  /** The option that was pressed, as the provider tells it. */
  optionId: string | undefined
  conversationId: string | null
  /** What the provider says that it answers. */
  answers: KnownMessage | null
}

/** Words that a button said, with which message of ours they chose from: the one that they answer, else the newest that has the option. */
export async function withChoice(
  db: Database,
  content: MessageContent,
  { optionId, conversationId, answers }: Chosen,
): Promise<MessageContent> {
  if (optionId === undefined || content.type !== 'text') return content
  const asked = answers ? await offers(db, answers, optionId) : false
  const menuEntryId = asked && answers ? answers.entryId : await newestMenu(db, conversationId, optionId)
  return menuEntryId ? { ...content, choice: { menuEntryId, optionId: optionId.slice(0, 128) } } : content
}

async function offers(db: Database, { conversationId, entryId }: KnownMessage, optionId: string): Promise<boolean> {
  const { rows } = await sql<{ content: unknown }>`
    select body -> 'content' as content from entries
    where conversation_id = ${conversationId} and id = ${entryId} and kind = 'message.sent'`.execute(db)
  return optionsOf(rows[0]?.content).includes(optionId)
}

function optionsOf(stored: unknown): string[] {
  const content = messageContent.safeParse(stored).data
  if (content?.type === 'menu') return content.options.map(({ id }) => id)
  return content?.type === 'template' ? quickReplies(content).map(({ id }) => id) : []
}

async function newestMenu(db: Database, conversationId: string | null, optionId: string): Promise<string | null> {
  if (conversationId === null) return null
  const { rows } = await sql<{ id: string }>`
    select id from entries where conversation_id = ${conversationId} and kind = 'message.sent'
      and body -> 'content' ->> 'type' = 'menu'
      and body -> 'content' -> 'options' @> ${JSON.stringify([{ id: optionId }])}::jsonb
    order by seq desc limit 1`.execute(db)
  return rows[0]?.id ?? null
}
