import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startDovecot } from '../../packages/channels/src/email/testing/dovecot.ts'
import { startPostfix } from '../../packages/channels/src/email/testing/postfix.ts'
import { parseMail } from '../../packages/mail/src/index.ts'
import { callApi } from './test.ts'

interface Named {
  id: string
}

interface Letter {
  from: string
  subject: string
  text: string
  file: { name: string; mime: string; bytes: Buffer }
}

const encoded = (words: string): string => `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`

/** As a mail program writes it: words and one file. */
const rawOf = ({ from, subject, text, file }: Letter, to: string): Buffer =>
  Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      `Subject: ${encoded(subject)}`,
      `Message-ID: <${randomUUID()}@customers.example>`,
      `Date: ${new Date().toUTCString()}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=cut',
      '',
      '--cut',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      text,
      '--cut',
      `Content-Type: ${file.mime}`,
      `Content-Disposition: attachment; filename="${file.name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      ...(file.bytes.toString('base64').match(/.{1,76}/g) ?? []),
      '--cut--',
      '',
    ].join('\r\n'),
  )

/** An inbox of letters whose mail lies with Dovecot and goes out by Postfix; and mailboxes of other people there. */
export async function openRealMail(admin: Page, name: string, address: string, others: readonly string[]) {
  const dovecot = await startDovecot()
  const postfix = await startPostfix(dovecot, [address, ...others])
  const user = address.slice(0, address.indexOf('@'))
  const { teams } = await callApi<{ teams: Named[] }>(admin, 'GET', '/teams')
  const inbox = await callApi<Named>(admin, 'POST', '/inboxes', {
    name,
    channel: 'email',
    teamIds: teams.map(({ id }) => id),
  })
  const account = `/inboxes/${inbox.id}/account`
  const { version } = await callApi<{ version: number }>(admin, 'GET', account)
  const server = { user, password: 'password', imapHost: '127.0.0.1', smtpHost: '127.0.0.1' }
  const lines = { imapPort: dovecot.port, imapSecurity: 'none', smtpPort: postfix.port, smtpSecurity: 'none' }
  const config = { address, ...server, ...lines, verifySenders: false, plusAddressing: false, firstDays: 1 }
  await callApi(admin, 'PUT', account, { version, config })
  return {
    inboxId: inbox.id,
    /** Somebody writes to the inbox. */
    write: (letter: Letter): Promise<void> => dovecot.deliver(user, [rawOf(letter, address)]),
    /** What lies in the mailbox of one of the others. */
    async mailsOf(other: string) {
      const folder = join(dovecot.mail, other.slice(0, other.indexOf('@')), 'new')
      const files = await readdir(folder).catch(() => [])
      return Promise.all(files.map(async (file) => parseMail(await readFile(join(folder, file)))))
    },
    async stop(): Promise<void> {
      await postfix.stop()
      await dovecot.stop()
    },
  }
}
