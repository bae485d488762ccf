import MailComposer from 'nodemailer/lib/mail-composer'
import type { Said } from '../simulator.ts'

export interface Thread {
  subject: string
  ids: readonly string[]
  /** What the business wrote last, which mail programs put below an answer. */
  quoted: { from: string; at: string; text: string } | null
}
interface Writer {
  name: string
  address: string
  to: string
  messageId: string
  at: Date
}

/** As a mail program writes it. */
export function writtenMail({ name, address, to, messageId, at }: Writer, said: Said, thread: Thread): Promise<Buffer> {
  const words = said.type === 'text' ? said.text : said.type === 'location' ? placeOf(said) : (said.caption ?? '')
  const { ids, quoted } = thread
  const answered = said.type === 'text' && said.replyTo !== undefined ? said.replyTo : ids.at(-1)
  const history = quoted ? `\n\nOn ${quoted.at}, ${quoted.from} wrote:\n\n${quoted.text.replace(/^/gmu, '> ')}\n` : '\n'
  return new MailComposer({
    from: { name, address },
    to,
    subject: ids.length > 0 ? `Re: ${thread.subject}` : thread.subject,
    messageId,
    date: at,
    ...(answered === undefined ? {} : { inReplyTo: answered, references: [...ids] }),
    text: words + history,
    attachments:
      'bytes' in said
        ? [{ filename: said.name ?? `file.${said.mime.split('/')[1]}`, contentType: said.mime, content: said.bytes }]
        : [],
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
const placeOf = ({ title = '', latitude, longitude }: Said & { type: 'location' }): string =>
  `${title} https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`.trim()

/** A program answers: somebody is away. */
export const absenceMail = ({ name, address, to, messageId, at }: Writer, answered: string): Promise<Buffer> =>
  new MailComposer({
    from: { name, address },
    to,
    subject: '自动回复：我不在 (Out of office)',
    messageId,
    date: at,
    inReplyTo: answered,
    headers: { 'Auto-Submitted': 'auto-replied' },
    text: '下周一回来。Back on Monday.\n',
  })
    .compile()
    .build()

/** RFC 3464, with what came back. */
export function bouncedMail(address: string, to: string, messageId: string, original: Buffer): Buffer {
  const head = original.toString('latin1').split('\r\n\r\n')[0] ?? ''
  return Buffer.from(
    [
      'Return-Path: <>',
      'From: Mail Delivery System <MAILER-DAEMON@customers.example>',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: ${messageId}`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="bounce"',
      '',
      '--bounce',
      'Content-Type: text/plain',
      '',
      `<${address}>: 550 5.1.1 User unknown`,
      '--bounce',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.customers.example',
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
      '',
      '--bounce',
      'Content-Type: text/rfc822-headers',
      '',
      head,
      '--bounce--',
      '',
    ].join('\r\n'),
    'latin1',
  )
}
