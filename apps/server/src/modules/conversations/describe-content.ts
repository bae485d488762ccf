import type { MessageContent } from '@qiao/protocol'
import { describeForLetter } from '#attachments'
import { describeWrittenMail } from '#mails'
import type { Database } from '#platform/database/connect'
import { describeAttachment } from './describe-attachment.ts'

interface Writer {
  agentId: string
  /** Null for what begins one. */
  conversationId: string | null
}

/** What an agent sends, with the facts of its files and the words of its body as they are stored here. */
export async function describeContent(
  db: Database,
  { agentId, conversationId }: Writer,
  content: MessageContent,
): Promise<MessageContent> {
  if (content.type !== 'mail') return describeAttachment(db, { agentId }, content)
  const mail = await describeWrittenMail(db, { agentId, conversationId }, content)
  const attachments = await Promise.all(
    mail.attachments.map(async ({ id, cid }) => ({
      ...(await describeForLetter(db, { id, uploader: { agentId }, conversationId })),
      ...(cid === undefined ? {} : { cid }),
    })),
  )
  return { ...mail, attachments }
}
