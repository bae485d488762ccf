import type { AttachmentKind, AttachmentReference } from '@qiao/protocol'
import type pg from 'pg'
import { AppError } from '#platform/errors'
import { sameUploader, type Uploader } from './attachment.ts'
import { referenceOf } from './present-attachment.ts'
import { type Db, findAttachment } from './store.ts'

/**
 * What a message may say of a file: the stored facts, not the sender's. Only the uploader may send it, and as what it is.
 * A file that is still being converted can be sent; its state follows by itself.
 */
export async function describeForMessage(
  db: Db,
  want: { id: string; kind: AttachmentKind | string; uploader: Uploader },
): Promise<AttachmentReference> {
  const row = await findAttachment(db, want.id)
  if (!row || !sameUploader(row.uploader, want.uploader)) throw new AppError('attachment-not-found')
  if (row.state === 'uploading') throw new AppError('attachment-not-ready')
  // Anything may be sent as a plain file.
  if (row.kind !== want.kind && want.kind !== 'file') throw new AppError('attachment-kind-refused')
  return referenceOf(row)
}

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
