import {
  cancelScheduledReply,
  type ContentOf,
  createFirstMailBody,
  createMailBody,
  type MailBody,
  type MailDraft,
  type MailWriting,
  readMailBody,
  scheduleFirstMail,
  scheduleReply,
  type ScheduledReply,
} from '@qiao/protocol'
import { call } from '../../../../shared/api.ts'
import { blankMail, filesInUse, outgoingHtml, writableHtml } from './mail-draft.ts'
import { forgetSent, rememberSent, sentDraft } from './sent-drafts.ts'

export interface Sending {
  clientKey: string
  sendAt: Date
}

const mostCharacters = 10_000

/** What the timeline holds of a long text. */
export function firstWords(text: string): { text: string; cut?: true } {
  const characters = Array.from(text)
  if (characters.length <= mostCharacters) return { text }
  return { text: characters.slice(0, mostCharacters).join(''), cut: true }
}

/** Keeps the formatted body, then has it sent at its time. The same client key never sends twice. */
export async function sendMail(conversationId: string, mail: MailDraft, sending: Sending): Promise<ScheduledReply> {
  const params = { id: conversationId }
  const { entryId, kind, signed, html } = mail
  const quotesAs = kind === 'forward' ? ('forward' as const) : ('reply' as const)
  const quote = mail.quoted && entryId && kind !== 'reply-original' ? { quotesEntryId: entryId, quotesAs } : {}
  const body = await call(createMailBody, { params, body: { html: outgoingHtml(html), signed, ...quote } })
  const scheduled = await call(scheduleReply, {
    params,
    body: {
      ...asScheduled(mail, body, sending),
      ...(entryId && kind !== 'forward' ? { replyToId: entryId } : {}),
    },
  })
  rememberSent(scheduled.id, mail)
  return scheduled
}

/** The same where there is no conversation yet. */
export async function sendFirstMail(inboxId: string, mail: MailDraft, sending: Sending): Promise<ScheduledReply> {
  const params = { id: inboxId }
  const body = await call(createFirstMailBody, {
    params,
    body: { html: outgoingHtml(mail.html), signed: mail.signed },
  })
  const scheduled = await call(scheduleFirstMail, { params, body: asScheduled(mail, body, sending) })
  rememberSent(scheduled.id, mail)
  return scheduled
}

function asScheduled(mail: MailDraft, body: MailBody, { clientKey, sendAt }: Sending) {
  const { subject, to, cc, bcc, kind, entryId, signed, quoted } = mail
  const content: ContentOf<'mail'> = {
    type: 'mail',
    subject: subject.trim(),
    from: null,
    to,
    cc,
    bcc,
    ...firstWords(body.text),
    bodyId: body.id,
    attachments: filesInUse(mail),
    warnings: [],
  }
  const writing: MailWriting = { kind, entryId, signed, quoted }
  return { clientKey, content, writing, sendAt: sendAt.toISOString() }
}

/** Takes it back before it leaves, and gives what can be written on. */
export async function takeBack(reply: ScheduledReply): Promise<MailDraft> {
  const cancelled = await call(cancelScheduledReply, { params: { id: reply.id } })
  const held = sentDraft(reply.id)
  forgetSent(reply.id)
  if (held) return held
  // It was written on another device, or long ago.
  const bodyId = cancelled.content.type === 'mail' ? cancelled.content.bodyId : undefined
  const body = bodyId ? await call(readMailBody, { params: { id: bodyId } }).catch(() => null) : null
  return asWritten(cancelled, body)
}

/** As far as the server knows how it was being written. */
export function asWritten(
  { content, replyToId, writing }: Pick<ScheduledReply, 'content' | 'replyToId' | 'writing'>,
  body: Pick<MailBody, 'html' | 'quotedHtml' | 'quotedText'> | null,
): MailDraft {
  const blank = blankMail(writing?.kind ?? (replyToId ? 'reply' : 'new'), writing?.entryId ?? replyToId)
  if (content.type !== 'mail') return blank
  const { to, cc, bcc, subject, attachments } = content
  return {
    ...blank,
    to,
    cc,
    bcc,
    subject,
    attachments,
    html: writableHtml(body?.html ?? ''),
    signed: writing?.signed ?? true,
    quoted: writing?.quoted ?? (body !== null && (body.quotedHtml !== null || body.quotedText !== '')),
  }
}
