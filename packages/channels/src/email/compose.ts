import DKIM from 'nodemailer/lib/dkim'
import MailComposer from 'nodemailer/lib/mail-composer'
import { buffer } from 'node:stream/consumers'
import { createHash } from 'node:crypto'
import type { SendContext } from '../contract.ts'
import type { Config } from './config.ts'
import type { Letter } from './letter.ts'
import { messageIdOf, replyAddress } from './names.ts'

/** Ours, the same for each try. */
export function nameOf({ id }: Letter, context: SendContext<Config>): string {
  const letterId = id ?? createHash('sha256').update(context.idempotencyKey).digest('hex').slice(0, 32)
  return messageIdOf(context.key('letters'), letterId, context.config.address)
}

/** The letter as it goes over the wire, without who gets a blind copy. */
export async function compose(letter: Letter, context: SendContext<Config>): Promise<Buffer> {
  const { config } = context
  const messageId = nameOf(letter, context)
  const { conversationId, references, isAutomatic } = letter
  const replyTo =
    config.plusAddressing && conversationId !== null
      ? replyAddress(context.key('letters'), conversationId, config.address)
      : null
  const files = await Promise.all(letter.files.map(async (file) => ({ ...file, ...(await bytesOf(file.id, context)) })))
  const composer = new MailComposer({
    from: { name: letter.fromName, address: config.address },
    to: letter.to,
    cc: letter.cc,
    ...(replyTo === null ? {} : { replyTo: { name: letter.fromName, address: replyTo } }),
    subject: letter.subject,
    date: context.now(),
    messageId,
    ...(references.length > 0 ? { inReplyTo: references.at(-1), references: [...references] } : {}),
    text: letter.text,
    ...(letter.html === null ? {} : { html: letter.html }),
    ...(letter.calendar ? { alternatives: [calendarPart(letter.calendar)] } : {}),
    attachments: files.map(({ name, mime, cid, bytes }) => ({
      filename: name,
      contentType: mime,
      content: bytes,
      ...(cid === undefined ? {} : { cid }),
    })),
    headers: {
      // By it our own mail is known when it comes back, whatever a server made of its Message-ID.
      'X-Qiao-Id': messageId,
      ...(isAutomatic ? automatic(references.length > 0) : {}),
    },
    // What is written may name files and addresses; none of them is ours to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const raw = await composer.compile().build()
  const { dkimDomain: domainName, dkimSelector: keySelector, dkimKey = '' } = config
  const privateKey = pemOf(dkimKey)
  return domainName && keySelector && privateKey
    ? buffer(new DKIM({ domainName, keySelector, privateKey }).sign(raw))
    : raw
}

/** Beside the words, not attached: what is attached is a file to calendars, not an answer (RFC 6047 §2.4). */
const calendarPart = ({ method, text }: NonNullable<Letter['calendar']>) => ({
  contentType: `text/calendar; charset=utf-8; method=${method}`,
  content: text,
})

/** Fields of one line lose the lines of a key that is pasted. */
function pemOf(text: string): string {
  const [, label = '', body = ''] = /-----BEGIN ([A-Z ]+)-----([\sA-Za-z0-9+/=]+)-----END/u.exec(text) ?? []
  const lines = body.replace(/\s+/gu, '').match(/.{1,64}/gu) ?? []
  return lines.length > 0 ? `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n` : ''
}

/** RFC 3834, and what Exchange heeds (MS-OXCMAIL 2.1.3.2.20). */
const automatic = (isAnswer: boolean) => ({
  'Auto-Submitted': isAnswer ? 'auto-replied' : 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  ...(isAnswer ? { Precedence: 'auto_reply' } : {}),
})

async function bytesOf(id: string, context: SendContext<Config>): Promise<{ bytes: Buffer }> {
  const { bytes } = await context.attachment(id)
  return { bytes }
}
