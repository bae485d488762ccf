import { type Conversation, type Entry, filesOf, isMessage, type MessageEntry } from '@qiao/protocol'
import type pg from 'pg'
import { tieToConversations } from '#attachments'
import { type BodyTie, tieMailBodies } from '#mails'
import { toUpdate } from './conversation-row.ts'

/** An entry with its place among those of its command. */
export interface Written {
  entry: Entry
  clientIndex: number
}

const writeText = `
with added as (
  insert into entries (conversation_id, seq, public_seq, id, kind, author_type, author_id, at, client_key, client_index, body)
  select conversation_id, seq, public_seq, id, kind, author_type, author_id, at, client_key, client_index, body
  from json_to_recordset($1) as entry (
    conversation_id uuid, seq integer, public_seq integer, id uuid, kind text, author_type text, author_id text,
    at timestamptz, client_key text, client_index smallint, body jsonb)
)
update conversations as conversation set
  state = changed.state, assignee_id = changed.assignee_id, team_id = changed.team_id, queue = changed.queue,
  participant_ids = changed.participant_ids, consults = changed.consults, involved_ids = changed.involved_ids, tags = changed.tags, subject = changed.subject,
  last_seq = changed.last_seq, last_public_seq = changed.last_public_seq, last_activity_at = changed.last_activity_at,
  last_message = changed.last_message, waiting_since = changed.waiting_since, first_reply_at = changed.first_reply_at,
  received_count = changed.received_count, sent_count = changed.sent_count, snoozed_until = changed.snoozed_until,
  closed_at = changed.closed_at, close_reason = changed.close_reason,
  merged_into_id = changed.merged_into_id, silence_warned_at = changed.silence_warned_at,
  undelivered = changed.undelivered,
  survey = changed.survey
from json_to_recordset($2) as changed (
  id uuid, state text, assignee_id uuid, team_id uuid, queue jsonb, participant_ids uuid[], consults jsonb,
  involved_ids uuid[], tags text[], subject text, last_seq integer, last_public_seq integer,
  last_activity_at timestamptz, last_message jsonb, waiting_since timestamptz, first_reply_at timestamptz,
  received_count integer, sent_count integer, snoozed_until timestamptz, closed_at timestamptz, close_reason text,
  merged_into_id uuid, silence_warned_at timestamptz,
  undelivered uuid[], survey jsonb)
where conversation.id = changed.id`

/** The statements are sent together and in this order; each gives what became of it. */
export function writeEntries(
  client: pg.PoolClient,
  written: readonly Written[],
  held: ReadonlyMap<string, Conversation>,
): Promise<unknown>[] {
  const rows = written.map(({ entry, clientIndex }) => ({
    conversation_id: entry.conversationId,
    seq: entry.seq,
    public_seq: entry.publicSeq,
    id: entry.id,
    kind: entry.kind,
    author_type: entry.author.type,
    author_id: 'id' in entry.author ? entry.author.id : null,
    at: entry.at,
    client_key: entry.clientKey,
    client_index: clientIndex,
    body: entry.body,
  }))
  const touched = [...new Set(rows.map((row) => row.conversation_id))].flatMap((id) => held.get(id) ?? [])
  return [
    client.query({
      name: 'write-entries',
      text: writeText,
      values: [JSON.stringify(rows), JSON.stringify(touched.map(toUpdate))],
    }),
    ...writeMentions(client, written),
    tieToConversations(
      client,
      written.flatMap(({ entry }) => attachmentsOf(entry)),
    ),
    tieMailBodies(
      client,
      written.flatMap(({ entry }) => bodyOf(entry)),
    ),
  ]
}

/** Keeps the current words beside the message; the history stays in the entries. */
export async function writeRevision(client: pg.PoolClient, message: MessageEntry | undefined): Promise<void> {
  if (!message) return
  await client.query('update entries set revision = $3 where conversation_id = $1 and seq = $2', [
    message.conversationId,
    message.seq,
    JSON.stringify(message.revision),
  ])
}

function writeMentions(client: pg.PoolClient, written: readonly Written[]): Promise<unknown>[] {
  return written.flatMap(({ entry }) => {
    if (entry.kind !== 'note.added' || entry.body.mentions.length === 0) return []
    return client.query(
      `insert into mentions (agent_id, conversation_id, seq, at)
       select id, $2, $3, $4 from agents where id = any($1::uuid[])
       on conflict (agent_id, conversation_id) do update set seq = excluded.seq, at = excluded.at`,
      [entry.body.mentions, entry.conversationId, entry.seq, entry.at],
    )
  })
}

/** Files of a message belong to its conversation from this commit on: whoever sees the one may see the other. */
function attachmentsOf(entry: Entry): { attachmentId: string; conversationId: string; internal?: boolean }[] {
  const { conversationId } = entry
  if (entry.kind === 'note.added')
    return entry.body.attachmentIds.map((attachmentId) => ({ attachmentId, conversationId, internal: true }))
  if (!isMessage(entry)) return []
  const internal = entry.body.apart === true
  return filesOf(entry.body.content).map(({ id }) => ({ attachmentId: id, conversationId, internal }))
}

function bodyOf(entry: Entry): BodyTie[] {
  if (!isMessage(entry) || entry.body.content.type !== 'mail') return []
  const { bodyId, attachments } = entry.body.content
  const files = attachments.flatMap(({ id, cid }) => (cid === undefined ? [] : [{ id, cid }]))
  return bodyId === undefined ? [] : [{ bodyId, conversationId: entry.conversationId, files }]
}
