import { createFirstMailBody, type MailDraft, startConversation } from '@qiao/protocol'
import { call } from '../../../shared/api.ts'
import { filesInUse, outgoingHtml } from '../composer/mail/mail-draft.ts'
import { firstWords } from '../composer/mail/send-mail.ts'

/** Keeps the formatted body, then begins the conversation. The same client key never begins two. */
export async function startMail(inboxId: string, mail: MailDraft, clientKey: string): Promise<string> {
  const { subject, to, cc, bcc, signed, html } = mail
  const body = await call(createFirstMailBody, {
    params: { id: inboxId },
    body: { html: outgoingHtml(html), signed },
  })
  const { item } = await call(startConversation, {
    body: {
      clientKey,
      inboxId,
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
    },
  })
  return item.conversation.id
}
