import type { MailDraft, MailFile, MailKind, Mailbox } from '@qiao/protocol'
import { cidOf } from '../../../../shared/mail-editor/local-pictures.ts'
import { isAddress } from './addresses.ts'

export const mostBytes = 25 * 1024 * 1024
export const mostRecipients = 50

export const blankMail = (kind: MailKind, entryId: string | null): MailDraft => ({
  kind,
  entryId: kind === 'new' ? null : entryId,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  html: '',
  attachments: [],
  signed: true,
  quoted: true,
})

/** An editor's empty page is not empty HTML. */
export const hasWords = (html: string): boolean =>
  /<(?:img|table|hr)\b/u.test(html) || html.replaceAll(/<[^>]*>|&nbsp;|\s/gu, '') !== ''

/** Recipients and subject come by themselves; what an agent would miss are words and files. */
export const worthKeeping = (mail: MailDraft): boolean =>
  hasWords(mail.html) || (mail.kind !== 'forward' && mail.attachments.length > 0)

export const everybody = ({ to, cc, bcc }: Pick<MailDraft, 'to' | 'cc' | 'bcc'>): Mailbox[] => [...to, ...cc, ...bcc]

export const totalBytes = (files: readonly Pick<MailFile, 'bytes'>[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0)

export type Hindrance = 'nobody' | 'address' | 'many' | 'words' | 'large'

/** Why it cannot be sent yet. */
export function hindranceOf(mail: MailDraft): Hindrance | null {
  const people = everybody(mail)
  if (people.some(({ address }) => !isAddress(address))) return 'address'
  if (mail.to.length === 0) return 'nobody'
  if (people.length > mostRecipients) return 'many'
  if (totalBytes(mail.attachments) > mostBytes) return 'large'
  const passesOn = mail.kind === 'forward' && mail.quoted
  return hasWords(mail.html) || mail.attachments.length > 0 || passesOn ? null : 'words'
}

/** Pictures that were taken out of the text do not go with it. */
export const filesInUse = (mail: MailDraft): MailFile[] =>
  mail.attachments.filter(({ id, cid }) => cid !== cidOf(id) || mail.html.includes(cid))

/** A change of mind about whom to answer: the words stay, whom it goes to is asked anew. */
export const inAnotherWay = (mail: MailDraft, kind: MailKind, entryId: string | null): MailDraft => ({
  ...blankMail(kind, entryId),
  html: mail.html,
  attachments: mail.attachments,
  signed: mail.signed,
  quoted: mail.quoted,
  ...(mail.sinceSeq === undefined ? {} : { sinceSeq: mail.sinceSeq }),
})

/** As mail programs read it: a picture is named by `cid:`. */
export const outgoingHtml = (html: string): string =>
  html.replaceAll(/(<img\b[^>]*?) data-cid="([^"]+)"/gu, '$1 src="cid:$2"')

/** The other way: a picture that the server shows is named again, since its address lasts only minutes. */
export const writableHtml = (html: string): string =>
  html.replaceAll(/<img\b[^>]*>/gu, (tag) => (tag.includes(' data-cid="') ? tag.replace(/ src="[^"]*"/u, '') : tag))
