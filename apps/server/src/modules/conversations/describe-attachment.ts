import type { AttachmentKind, AttachmentReference, MessageContent } from '@qiao/protocol'
import { describeForLetter, describeForMessage } from '#attachments'
import type { Database } from '#platform/database/connect'

type Uploader = { agentId: string } | { contactId: string }

/**
 * What a client says of its file is not believed: name, type and size come from the stored attachment, which must be
 * the sender's own. The append then ties it to the conversation, so that whoever sees the one may see the other.
 */
export async function describeAttachment<Content extends MessageContent>(
  db: Database,
  uploader: Uploader,
  content: Content,
): Promise<Content> {
  if (content.type === 'template' && content.header && 'attachment' in content.header)
    return { ...content, header: await describeAttachment(db, uploader, content.header) }
  if (!('attachment' in content)) return content
  const attachment = await describeForMessage(db, { id: content.attachment.id, kind: content.type, uploader })
  return { ...content, attachment }
}

/** The same of several files; each says itself of which kind it is. */
export const describeUploads = (
  db: Database,
  uploader: Uploader,
  ids: readonly string[],
): Promise<(AttachmentReference & { kind: AttachmentKind })[]> =>
  Promise.all([...new Set(ids)].map((id) => describeForLetter(db, { id, uploader, conversationId: null })))
