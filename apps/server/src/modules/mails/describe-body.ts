import type { MessageContent } from '@qiao/protocol'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { findMailBody, type InlineFile, markBodyUsed } from './mail-body-row.ts'

type MailContent = Extract<MessageContent, { type: 'mail' }>
const longestText = 10_000

/**
 * What a client says of its letter is not believed: the words come from the body that was kept, which must be the sender's
 * own, and whatever only those who receive know is left out.
 */
export async function describeWrittenMail(
  db: Database,
  writer: { agentId: string; conversationId: string | null },
  { subject, to, cc, bcc, text, bodyId, attachments }: MailContent,
): Promise<MailContent> {
  const plain: MailContent = { type: 'mail', subject, from: null, to, cc, bcc, text, attachments, warnings: [] }
  if (bodyId === undefined) return plain
  const body = await findMailBody(db, bodyId)
  // That of a first letter belongs to the conversation which it began, when it is sent a second time.
  const isHere = writer.conversationId === null || body?.conversation_id === writer.conversationId
  const isTheirs = body?.agent_id === writer.agentId && isHere
  if (!body || !isTheirs || !(await markBodyUsed(db, bodyId))) {
    throw new AppError('invalid-input', { detail: 'There is no such body of yours' })
  }
  return { ...plain, bodyId, ...firstWords(body.text) }
}

/** What the history below a written body shows. */
export const quotedPictures = async (db: Database, bodyId: string | undefined): Promise<readonly InlineFile[]> =>
  bodyId === undefined ? [] : ((await findMailBody(db, bodyId))?.files ?? [])

/** What the timeline holds of a long text. */
export function firstWords(text: string): Pick<MailContent, 'text' | 'cut'> {
  if (text.length <= longestText) return { text }
  return { text: text.slice(0, longestText).toWellFormed(), cut: true }
}
