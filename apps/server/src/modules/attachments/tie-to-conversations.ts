import type pg from 'pg'

export type Tie = {
  attachmentId: string
  conversationId: string
  /** Of a note, or of what is said apart: the customer never learns of it. */
  internal?: boolean
}

/**
 * In the transaction that appends the messages: from its commit on, whoever sees the conversation may see the file. A file
 * belongs to one conversation for good; other ties are passed over, so that one message never fails its neighbours.
 */
export async function tieToConversations(client: Pick<pg.ClientBase, 'query'>, ties: readonly Tie[]): Promise<void> {
  if (ties.length === 0) return
  await client.query(
    `update attachments set conversation_id = tie.conversation_id, internal = tie.internal,
       used_at = coalesce(used_at, now())
     from json_to_recordset($1) as tie (id uuid, conversation_id uuid, internal boolean)
     where attachments.id = tie.id and attachments.conversation_id is null and attachments.state <> 'uploading'`,
    [
      JSON.stringify(
        ties.map(({ attachmentId, conversationId, internal = false }) => ({
          id: attachmentId,
          conversation_id: conversationId,
          internal,
        })),
      ),
    ],
  )
}
