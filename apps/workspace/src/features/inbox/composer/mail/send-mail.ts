import {
  cancelScheduledReply,
  createMailBody,
  type MailDraft,
  readMailBody,
  scheduleReply,
  type ScheduledReply,
} from '@qiao/protocol'
import { call } from '../../../../shared/api.ts'
import { blankMail, filesInUse, outgoingHtml } from './mail-draft.ts'
import { forgetSent, rememberSent, sentDraft } from './sent-drafts.ts'

const mostCharacters = 10_000

/** What the timeline holds of a long text. */
export function firstWords(text: string): { text: string; cut?: true } {
  const characters = Array.from(text)
  if (characters.length <= mostCharacters) return { text }
  return { text: characters.slice(0, mostCharacters).join(''), cut: true }
}

/** Keeps the formatted body, then has it sent at its time. The same client key never sends twice. */
export async function sendMail(
  conversationId: string,
  mail: MailDraft,
  { clientKey, sendAt }: { clientKey: string; sendAt: Date },
): Promise<ScheduledReply> {
  const params = { id: conversationId }
  const { entryId, kind, subject, to, cc, bcc, signed, html } = mail
  const quotesAs = kind === 'forward' ? ('forward' as const) : ('reply' as const)
  const quote = mail.quoted && entryId ? { quotesEntryId: entryId, quotesAs } : {}
  const body = await call(createMailBody, { params, body: { html: outgoingHtml(html), signed, ...quote } })
  const scheduled = await call(scheduleReply, {
    params,
    body: {
      clientKey,
      content: {
        type: 'mail',
        subject: subject.trim(),
        from: null,
        to,
        cc,
        bcc,
        ...firstWords(body.text),
        bodyId: body.id,
        attachments: filesInUse(mail),
      },
      ...(entryId && kind !== 'forward' ? { replyToId: entryId } : {}),
      sendAt: sendAt.toISOString(),
    },
  })
  rememberSent(scheduled.id, mail)
  return scheduled
}

/** Takes it back before it leaves, and gives what can be written on. */
export async function takeBack(reply: ScheduledReply): Promise<MailDraft> {
  const { content, replyToId } = await call(cancelScheduledReply, { params: { id: reply.id } })
  const held = sentDraft(reply.id)
  forgetSent(reply.id)
  if (held) return held
  // It was written on another device, or long ago.
  const blank = blankMail(replyToId ? 'reply' : 'new', replyToId)
  if (content.type !== 'mail') return blank
  const { to, cc, bcc, subject, attachments, bodyId } = content
  const body = bodyId ? await call(readMailBody, { params: { id: bodyId } }).catch(() => null) : null
  return {
    ...blank,
    to,
    cc,
    bcc,
    subject,
    attachments,
    html: body?.html ?? '',
    quoted: body !== null && (body.quotedHtml !== null || body.quotedText !== ''),
  }
}
