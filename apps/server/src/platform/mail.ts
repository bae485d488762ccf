import { createTransport } from 'nodemailer'
import type { Log } from './log.ts'

export interface Mail {
  to: string
  subject: string
  text: string
  /** The link that the mail is about. Without a mail server it is logged, so that an administrator can pass it on. */
  link?: string
}

export interface Mailer {
  /** True when a mail server took the mail; false when there is none. Throws when the server refuses. */
  send(mail: Mail): Promise<boolean>
  close(): void
}

export interface MailConfig {
  smtpUrl: string
  from: string
}

export const createMailer = (config: MailConfig | undefined, log: Log): Mailer =>
  config ? smtpMailer(config) : loggingMailer(log)

function smtpMailer({ smtpUrl, from }: MailConfig): Mailer {
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  )
  return {
    async send({ to, subject, text }) {
      // As an address object a name such as `a@b, c@d` cannot smuggle in a second receiver.
      await transport.sendMail({ to: { name: '', address: to }, subject, text })
      return true
    },
    close: () => transport.close(),
  }
}

function loggingMailer(log: Log): Mailer {
  return {
    async send({ to, subject, link }) {
      log.warn(
        { to, subject, ...(link ? { link } : {}) },
        'no mail was sent, because SMTP_URL is not set; pass the link on yourself',
      )
      return false
    },
    close: () => undefined,
  }
}
