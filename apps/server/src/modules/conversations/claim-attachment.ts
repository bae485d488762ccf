import type { MessageContent } from '@qiao/protocol'
import { claimForMessage } from '#attachments'
import type { Database } from '#platform/database/connect'

type Uploader = { agentId: string } | { contactId: string }

/**
 * What a client says of its file is not believed: name, type and size come from the stored attachment, which must be
 * the sender's own. Ties the attachment to the conversation, so that whoever sees the one may see the other.
 */
export async function claimAttachment<Content extends MessageContent>(
  db: Database,
  conversationId: string,
  uploader: Uploader,
  content: Content,
): Promise<Content> {
  if (!('attachment' in content)) return content
  const attachment = await claimForMessage(db, { id: content.attachment.id, kind: content.type, uploader, conversationId })
  return { ...content, attachment }
}
