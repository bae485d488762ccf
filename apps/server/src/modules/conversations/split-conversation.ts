import type { ConversationItem, Entry, MessageEntry } from '@qiao/protocol'
import { sql } from 'kysely'
import { onClient } from '#platform/database/on-client'
import { AppError } from '#platform/errors'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { actorOf, authorOf } from './act.ts'
import { type AppendCommand, appendAndFollow } from './append.ts'
import { scopeOf } from './appender.ts'
import { type ConversationRow, toConversation } from './conversation-row.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { readItem } from './conversation-item.ts'
import { inTransaction } from './in-transaction.ts'
import { decideSplit, splitFrom } from './merge-rules.ts'
import { readMessage } from './read-message.ts'
import { canSee } from './sight.ts'
import { firstAssignment, insertConversation } from './start-conversation.ts'

interface Split {
  id: string
  messageId: string
  clientKey: string
}

/**
 * A message becomes a conversation of its writer's, in the transaction that tells the old one. The caller works on it:
 * whoever sees that two matters are mixed has read both.
 */
export async function splitConversation(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  split: Split,
): Promise<{ entries: Entry[]; item: ConversationItem }> {
  const now = deps.clock.now()
  const author = authorOf(agent)
  const { id, messageId, clientKey } = split
  const [old, begun] = await inTransaction(deps.pool, async (client, transaction) => {
    const tx = onClient(client)
    const from = await lockOld(tx, id)
    const message = await readMessage(tx, id, messageId)
    const taken = message && (await isSplit(tx, split))
    const start = await insertConversation(
      client,
      {
        inboxId: from.inboxId,
        identityId: (message && (await identityOf(tx, from, message))) ?? from.identityId,
        clientKey: `split:${id}:${clientKey}`,
        teamId: from.teamId,
        language: from.language,
      },
      now,
    )
    const commands: AppendCommand[] = [
      {
        conversationId: id,
        clientKey,
        author,
        decide: (conversation) => {
          if (!canSee(agent, scopeOf(conversation))) throw new AppError('not-found')
          if (taken) throw new AppError('conversation-split')
          return decideSplit(conversation, actorOf(agent), message, start)
        },
      },
      {
        conversationId: start.id,
        clientKey,
        author,
        decide: () =>
          message
            ? [
                {
                  kind: 'conversation.started',
                  body: { via: 'agent', previousConversationId: null, splitFrom: splitFrom(from, message) },
                },
                ...firstAssignment({ assigneeId: agent.agentId }),
              ]
            : [],
      },
    ]
    const results = await appendAndFollow(transaction, commands, now, deps.appender.follow)
    for (const result of results) if (!result.ok) throw result.error
    return results.flatMap((result) => (result.ok ? [result.appended] : []))
  })
  if (!old || !begun) throw new AppError('internal')
  deps.appender.announce(old)
  deps.appender.announce(begun)
  return { entries: old.entries, item: await readItem(deps.db, agent, begun.conversation.id) }
}

async function lockOld(tx: Database, id: string) {
  const { rows } = await sql<ConversationRow>`select * from conversations where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw new AppError('not-found')
  return toConversation(rows[0])
}

/** It has a conversation of its own, which has not been merged back. The same command says so, and is no second one. */
async function isSplit(tx: Database, { id, messageId, clientKey }: Split): Promise<boolean> {
  const { rows } = await sql`
    select from entries join conversations as begun on begun.id = (body ->> 'toId')::uuid
    where conversation_id = ${id} and kind = 'conversation.split' and body ->> 'entryId' = ${messageId}
      and client_key <> ${clientKey} and goes_on_in(begun.id) <> ${id} limit 1`.execute(tx)
  return rows.length > 0
}

/** Of whoever wrote it; what we wrote was to the customer. */
async function identityOf(
  tx: Database,
  from: { contactId: string },
  { author, body, conversationId }: MessageEntry,
): Promise<string | null> {
  if (author.type !== 'contact' || author.id === from.contactId) return body.via?.identityId ?? null
  const { rows } = await sql<{ id: string }>`
    select identities.id from conversation_people as person join identities on identities.id = person.identity_id
    where person.conversation_id = ${conversationId} and identities.contact_id = ${author.id} limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** The message with which a conversation was split off. */
export async function readOrigin(db: Database, id: string): Promise<MessageEntry | null> {
  const { rows } = await sql<{ conversation_id: string; entry_id: string }>`
    select body -> 'splitFrom' ->> 'conversationId' as conversation_id, body -> 'splitFrom' ->> 'entryId' as entry_id
    from entries where conversation_id = ${id} and seq = 1 and body ? 'splitFrom'`.execute(db)
  const [row] = rows
  return row ? readMessage(db, row.conversation_id, row.entry_id) : null
}
