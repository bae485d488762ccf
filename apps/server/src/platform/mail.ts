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
  /** False when there is no mail server: then `send` only writes the link to the log. */
  readonly sends: boolean
  /** Throws when the server refuses or cannot be reached. */
  send(mail: Mail): Promise<void>
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
    sends: true,
    async send({ to, subject, text }) {
      // As an address object a name such as `a@b, c@d` cannot smuggle in a second receiver.
      await transport.sendMail({ to: { name: '', address: to }, subject, text })
    },
    close: () => transport.close(),
  }
}

function loggingMailer(log: Log): Mailer {
  return {
    sends: false,
    async send({ to, subject, link }) {
      log.warn(
        { to, subject, ...(link ? { link } : {}) },
        'no mail was sent, because SMTP_URL is not set; pass the link on yourself',
      )
    },
    close: () => undefined,
  }
}
