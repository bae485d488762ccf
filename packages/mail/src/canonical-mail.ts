import type { Attachment, Mail } from './mail.ts'

export type CanonicalMail = Omit<Mail, 'attachments'> & { attachments: Omit<Attachment, 'content'>[] }

/** A mail as JSON: attachments by their size and hash, without their content. */
export function canonicalMail(mail: Mail): CanonicalMail {
  const attachments = mail.attachments.map(({ filename, mime, bytes, sha256, cid }) => ({
    filename,
    mime,
    bytes,
    sha256,
    cid,
  }))
  return { ...mail, attachments }
}
