import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '#platform/database/connect'

/** Which entry a message of the provider is. */
export interface KnownMessage {
  conversationId: string
  entryId: string
  publicSeq: number
  identityId: string
}

interface Row {
  conversation_id: string
  entry_id: string
  public_seq: number
  identity_id: string
}
const toKnown = (row: Row): KnownMessage => ({
  conversationId: row.conversation_id,
  entryId: row.entry_id,
  publicSeq: row.public_seq,
  identityId: row.identity_id,
})

export async function findMessage(
  pool: Pick<pg.Pool, 'query'>,
  identityId: string,
  messageId: string,
): Promise<KnownMessage | null> {
  const { rows } = await pool.query<Row>({
    name: 'find-channel-message',
    text: `select conversation_id, entry_id, public_seq, identity_id from channel_messages
           where identity_id = $1 and message_id = $2`,
    values: [identityId, messageId],
  })
  return rows[0] ? toKnown(rows[0]) : null
}

/** Of ours, by a name that is unique wherever it went. */
export async function findLetters(db: Database, inboxId: string, messageId: string): Promise<KnownMessage[]> {
  const { rows } = await sql<Row>`
    select message.conversation_id, entry_id, public_seq, identity_id
    from channel_messages as message join identities on identities.id = identity_id
    where message_id = ${messageId} and ours and inbox_id = ${inboxId}`.execute(db)
  return rows.map(toKnown)
}

export async function rememberMessage(
  client: Pick<pg.Pool | pg.ClientBase, 'query'>,
  message: KnownMessage & { messageId: string; ours: boolean },
): Promise<void> {
  const { identityId, messageId, conversationId, entryId, publicSeq, ours } = message
  await client.query(
    `insert into channel_messages (identity_id, message_id, conversation_id, entry_id, public_seq, ours)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [identityId, messageId, conversationId, entryId, publicSeq, ours],
  )
}

/** Also those in groups, where a receipt names the person alone, and older ones that were led here. */
export async function identitiesAt(db: Database, inboxId: string, address: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with named as (
      select id from identities where inbox_id = ${inboxId} and (address = ${address} or peer_address = ${address}))
    select id from named union select id from identities where moved_to in (select id from named)`.execute(db)
  return rows.map((row) => row.id)
}

/**
 * Where what the identity says belongs: a conversation that an agent continues through it, as long as that is open and of
 * the same person, or of one who asked to be answered there; else the latest of its own.
 */
export async function latestConversation(pool: Pick<pg.Pool, 'query'>, identityId: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string | null }>({
    name: 'latest-conversation',
    text: `select ${latestConversationOf('$1')} as id`,
    values: [identityId],
  })
  return rows[0]?.id ?? null
}

/** As a subquery; `identityId` is the parameter's name. */
export const latestConversationOf = (identityId: string): string => `goes_on_in(coalesce(
  (select conversation.id from continued_conversations as continued
    join conversations as conversation on conversation.id = continued.conversation_id
    join identities as identity on identity.id = continued.identity_id
    where continued.identity_id = ${identityId} and current and conversation.state <> 'closed'
      and (conversation.contact_id = identity.contact_id or exists (select from answer_ways as wish
        where wish.conversation_id = conversation.id and wish.identity_id = identity.id))),
  (select id from conversations where identity_id = ${identityId} order by created_at desc limit 1)))`
