import type { AttachmentKind, AttachmentReference } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { sameUploader, type AttachmentRow, type Uploader } from './attachment.ts'
import { referenceOf } from './present-attachment.ts'
import { findAttachment, markUsed, tie, type Db } from './store.ts'

export type MessageUse = { id: string; kind: AttachmentKind; uploader: Uploader }

/** Name, type and size of an own upload, as the message will keep them. From now on the file is not swept. */
export async function describeForMessage(db: Db, use: MessageUse): Promise<AttachmentReference> {
  const row = await usable(db, use)
  if (!(await markUsed(db, row.id))) throw new AppError('attachment-not-found')
  return referenceOf(row)
}

/** The same, and whoever sees the conversation may see the file. A file belongs to one conversation. */
export async function claimForMessage(
  db: Db,
  { conversationId, ...use }: MessageUse & { conversationId: string },
): Promise<AttachmentReference> {
  const reference = await describeForMessage(db, use)
  if (!(await tie(db, use.id, conversationId))) throw new AppError('attachment-not-found')
  return reference
}

/** For a conversation that came into being with the message. Harmless when repeated. */
export async function tieToConversation(db: Db, ids: readonly string[], conversationId: string): Promise<void> {
  for (const id of ids) await tie(db, id, conversationId)
}

async function usable(db: Db, use: MessageUse): Promise<AttachmentRow> {
  const row = await findAttachment(db, use.id)
  if (row === null || !sameUploader(row.uploader, use.uploader)) throw new AppError('attachment-not-found')
  if (row.state === 'uploading' || (row.state === 'failed' && row.kind === 'image')) {
    throw new AppError('attachment-not-ready')
  }
  if (row.kind !== use.kind) {
    throw new AppError('attachment-kind-refused', { detail: `The file is of the kind ${row.kind}` })
  }
  return row
}
