import type pg from 'pg'

/** In the transaction of the append: from its commit on, whoever sees the conversation may see the file. */
export async function tieToConversations(
  client: pg.PoolClient,
  ties: readonly { attachmentId: string; conversationId: string }[],
): Promise<void> {
  for (const { attachmentId, conversationId } of ties) {
    await client.query(
      'update attachments set conversation_id = $2 where id = $1 and (conversation_id is null or conversation_id = $2)',
      [attachmentId, conversationId],
    )
  }
}
