import type { MailFile, MessageContent } from '@qiao/protocol'
import { describeForLetter } from '#attachments'
import { describeWrittenMail, quotedPictures } from '#mails'
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
  const describe = async ({ id, cid }: Pick<MailFile, 'id' | 'cid'>): Promise<MailFile> => ({
    ...(await describeForLetter(db, { id, uploader: { agentId }, conversationId })),
    ...(cid === undefined ? {} : { cid }),
  })
  const attachments = await Promise.all(mail.attachments.map(describe))
  const named = new Set(attachments.map(({ id }) => id))
  // Pictures of the history go along by themselves; without one of them its words stand there.
  const quoted = (await quotedPictures(db, mail.bodyId)).filter(({ id }) => !named.has(id))
  const described = await Promise.allSettled(quoted.map(describe))
  const pictures = described.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  return { ...mail, attachments: [...attachments, ...pictures] }
}
