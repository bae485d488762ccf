import type { AttachmentKind, AttachmentReference } from '@qiao/protocol'
import { AppError } from '#platform/errors'
import { sameUploader, type AttachmentRow, type Uploader } from './attachment.ts'
import { referenceOf } from './present-attachment.ts'
import { findAttachment, findAttachments, markUsed, type Db } from './store.ts'

/**
 * Name, type and size of an own upload, as the message will keep them. From now on the file is not swept. A video that is
 * still being converted may be sent: it shows its progress in the thread.
 */
export async function describeForMessage(
  db: Db,
  use: { id: string; kind: AttachmentKind; uploader: Uploader },
): Promise<AttachmentReference> {
  const row = await findAttachment(db, use.id)
  if (row === null || !sameUploader(row.uploader, use.uploader)) throw new AppError('attachment-not-found')
  if (!sendable(row)) throw new AppError('attachment-not-ready')
  if (row.kind !== use.kind) {
    throw new AppError('attachment-kind-refused', { detail: `The file is of the kind ${row.kind}` })
  }
  if (!(await markUsed(db, row.id))) throw new AppError('attachment-not-found')
  return referenceOf(row)
}

/**
 * The same of one among several files of a letter: an own upload, or a file that the conversation shows already. The file
 * itself says of which kind it is.
 */
export async function describeForLetter(
  db: Db,
  use: { id: string; uploader: Uploader; conversationId: string | null },
): Promise<AttachmentReference & { kind: AttachmentKind }> {
  const row = await findAttachment(db, use.id)
  // Files of notes stay with the agents; what came from outside may be passed on.
  const isPublic = row !== null && (!row.internal || 'contactId' in row.uploader)
  const isShown = isPublic && row.conversationId !== null && row.conversationId === use.conversationId
  if (row === null || (!isShown && !sameUploader(row.uploader, use.uploader)))
    throw new AppError('attachment-not-found')
  if (!sendable(row)) throw new AppError('attachment-not-ready')
  if (!(await markUsed(db, row.id))) throw new AppError('attachment-not-found')
  return { ...referenceOf(row), kind: row.kind }
}

const sendable = (row: AttachmentRow): boolean =>
  row.state !== 'uploading' && !(row.state === 'failed' && row.kind === 'image')

/** Files of a note, whatever their kind: the writer's own uploads. */
export async function mustBeUploadedBy(db: Db, ids: readonly string[], uploader: Uploader): Promise<void> {
  const rows = await findAttachments(db, ids)
  const own = rows.filter((row) => sameUploader(row.uploader, uploader) && row.state !== 'uploading')
  if (own.length < new Set(ids).size) throw new AppError('attachment-not-found')
}
