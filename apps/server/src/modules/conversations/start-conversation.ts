import type { Author, Conversation, Entry, EntryBody } from '@qiao/protocol'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { AppError } from '#platform/errors'
import { appendAndFollow, type NewEntry } from './append.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { inTransaction } from './in-transaction.ts'

export interface StartInput {
  inboxId: string
  contactId: string
  identityId: string
  author: Author
  /** Names the command within the contact: a repeat gives the conversation that the first one started. */
  clientKey: string
  started: EntryBody<'conversation.started'>
  teamId?: string | null
  assigneeId?: string | null
  language?: string | null
  /** Messages and whatever belongs to the start; at least one. As a function where they name the conversation. */
  entries: readonly NewEntry[] | ((conversation: Conversation) => readonly NewEntry[])
}

export async function startConversation(
  deps: ConversationDeps,
  input: StartInput,
): Promise<{ conversation: Conversation; entries: Entry[] }> {
  const now = deps.clock.now()
  const appended = await inTransaction(deps.pool, async (client, transaction) => {
    const { id: conversationId } = await insertConversation(client, input, now)
    const [result] = await appendAndFollow(
      transaction,
      [
        {
          conversationId,
          clientKey: input.clientKey,
          author: input.author,
          decide: (conversation) => [
            { kind: 'conversation.started', body: input.started },
            ...firstAssignment(input),
            ...(typeof input.entries === 'function' ? input.entries(conversation) : input.entries),
          ],
        },
      ],
      now,
      deps.appender.follow,
    )
    if (!result) throw new AppError('internal')
    if (!result.ok) throw result.error
    return result.appended
  })
  deps.appender.announce(appended)
  return { conversation: appended.conversation, entries: appended.entries }
}

export const firstAssignment = ({ assigneeId }: Pick<StartInput, 'assigneeId'>): NewEntry[] =>
  assigneeId
    ? [{ kind: 'conversation.assigned', body: { agentId: assigneeId, fromAgentId: null, cause: 'picked' } }]
    : []

/**
 * Waits for a concurrent start with the same key, then finds its conversation. It belongs to whoever the identity belongs
 * to at this moment: a merge that is under way either takes it along or has been there before.
 */
export async function insertConversation(
  client: pg.PoolClient,
  input: Pick<StartInput, 'inboxId' | 'identityId' | 'clientKey' | 'teamId' | 'language'>,
  now: Date,
): Promise<{ id: string; number: number }> {
  const { rows } = await client.query<{ id: string; number: number }>(
    `insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, team_id, language, created_at, last_activity_at)
     select $1, $2, contact_id, id, $4, 'open', $5, $6, $7, $7 from identities where id = $3 for share
     on conflict (contact_id, start_key) do update set start_key = excluded.start_key
     returning id, number`,
    [uuidv7(), input.inboxId, input.identityId, input.clientKey, input.teamId ?? null, input.language ?? null, now],
  )
  const [row] = rows
  if (!row) throw new AppError('internal')
  return row
}
