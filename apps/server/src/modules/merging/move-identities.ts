import type { Author, Contact } from '@qiao/protocol'
import { sql } from 'kysely'
import { type AppendCommand, appendAndFollow, type Appended } from '#conversations'
import type { ConversationDeps, Transaction } from '#conversations'
import { onClient } from '#platform/database/on-client'

interface Move {
  identityIds: readonly string[]
  fromId: string
  to: Contact
  author: Author
  mergeId: string
  undone: boolean
}

/** How many conversations are written at a time. */
const part = 500

/**
 * Identities change hands, and with them the conversations, the visitor's sessions and the files that wait to be sent.
 * Each timeline says so itself, in the same transaction: a screen that applies entries ends where a fresh one begins.
 */
export async function moveIdentities(
  deps: ConversationDeps,
  transaction: Transaction,
  { identityIds, fromId, to, author, mergeId, undone }: Move,
  now: Date,
): Promise<Appended[]> {
  const tx = onClient(transaction.client)
  const moved = [...identityIds]
  await sql`update identities set contact_id = ${to.id} where id = any(${moved}::uuid[])`.execute(tx)
  await sql`update visitor_sessions set contact_id = ${to.id} where identity_id = any(${moved}::uuid[])`.execute(tx)
  await sql`
    update attachments set contact_id = ${to.id}
    where conversation_id is null and contact_id = ${fromId}`.execute(tx)
  // Whoever chose the same words for a command of theirs must not keep two people apart.
  await sql`
    update conversations as conversation set start_key = start_key || ':' || id
    where identity_id = any(${moved}::uuid[]) and contact_id = ${fromId} and exists
      (select from conversations as other where other.contact_id = ${to.id} and other.start_key = conversation.start_key)`.execute(
    tx,
  )
  const { rows } = await sql<{ id: string }>`
    select id from conversations where identity_id = any(${moved}::uuid[]) and contact_id = ${fromId} order by id`.execute(
    tx,
  )
  const body = { contactId: to.id, fromContactId: fromId, name: to.name, mergeId, ...(undone ? { undone } : {}) }
  const appended: Appended[] = []
  for (let at = 0; at < rows.length; at += part) {
    const ids = rows.slice(at, at + part).map((row) => row.id)
    const commands = ids.map((conversationId): AppendCommand => ({
      conversationId,
      clientKey: `${undone ? 'unmerge' : 'merge'}:${mergeId}`,
      author,
      decide: () => [{ kind: 'contact.identified', body }],
    }))
    for (const result of await appendAndFollow(transaction, commands, now, deps.appender.follow)) {
      if (!result.ok) throw result.error
      appended.push(result.appended)
    }
    await sql`update conversations set contact_id = ${to.id} where id = any(${ids}::uuid[])`.execute(tx)
  }
  return appended
}
