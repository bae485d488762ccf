import { z } from 'zod'
import { attachmentKinds, attachmentReference } from './attachment-reference.ts'
import { mailInvitation } from './mail-invitation.ts'
import { id, instant, noNul } from './primitives.ts'

/**
 * A letter by e-mail, either way. What is long lives beside the timeline: the formatted body and the history that mail
 * programs append are read at `/api/v1/mail-bodies/{bodyId}`.
 */

/** As mail names it; `name` is empty where the mail gives none. */
export const mailbox = z.object({ name: z.string().max(200).refine(noNul), address: z.string().max(320).refine(noNul) })
export type Mailbox = z.infer<typeof mailbox>

export const mailFile = attachmentReference.extend({
  kind: z.enum(attachmentKinds),
  /** Shown within the formatted body as `cid:…`. */
  cid: z.string().max(250).optional(),
})
export type MailFile = z.infer<typeof mailFile>

export const automaticMail = ['auto-reply', 'auto-generated', 'bulk', 'list'] as const
/** What the checks of the sending domain (DMARC, else SPF and DKIM) say of the From that people read. */
export const senderTrusts = ['verified', 'unverified', 'failed'] as const

const mailboxes = z.array(mailbox).max(200)

export const mailContent = z.object({
  type: z.literal('mail'),
  /** Without the number and `Re:` that we add ourselves when it goes out. */
  subject: z.string().max(998).refine(noNul),
  /** Null in what agents write: it goes out from the inbox. */
  from: mailbox.nullable(),
  to: mailboxes,
  cc: mailboxes.default([]),
  /** Of what we send; nobody outside learns of them. */
  bcc: mailboxes.default([]),
  /** What the writer wrote, as plain text: no history, no signature. Empty when the mail holds only files. */
  text: z.string().max(10_000).refine(noNul),
  /** There is more of it than `text` holds. */
  cut: z.literal(true).optional(),
  bodyId: id.optional(),
  attachments: z.array(mailFile).max(100).default([]),
  /** Passed on by `from`; this is who wrote it first. */
  forwarded: z
    .object({ from: mailbox.nullable(), subject: z.string().max(998).nullable(), date: z.string().max(40).nullable() })
    .optional(),
  /** Written by a program: nothing automatic answers it. */
  automatic: z.enum(automaticMail).optional(),
  trust: z.enum(senderTrusts).optional(),
  invitation: mailInvitation.optional(),
  /** What was cut, guessed, broken or looks like a deception: codes whose words the screens have. */
  warnings: z.array(z.string().max(60)).max(20).default([]),
})

/** The formatted body of a mail, fit to be shown in a frame without scripts: cleaned by the server. */
export const mailBody = z.object({
  id,
  /** Null when the mail was plain text. Pictures of other servers are `data-remote` until they are allowed. */
  html: z.string().nullable(),
  text: z.string(),
  quotedHtml: z.string().nullable(),
  quotedText: z.string(),
  signature: z.string(),
  /** Pictures of other servers that showing would load. */
  remoteImages: z.number().int().nonnegative(),
  /** There is the mail as it came, to be downloaded. */
  hasOriginal: z.boolean(),
  receivedAt: instant,
})
export type MailBody = z.infer<typeof mailBody>

export const mailKinds = ['reply', 'reply-all', 'forward', 'new'] as const
export type MailKind = (typeof mailKinds)[number]

/** A mail that is being written; pictures within it are `cid:` and stand among the attachments. */
export const mailDraft = z.object({
  kind: z.enum(mailKinds),
  /** What it answers or passes on. */
  entryId: id.nullable(),
  to: mailboxes,
  cc: mailboxes,
  bcc: mailboxes,
  subject: z.string().max(998).refine(noNul),
  html: z.string().max(200_000).refine(noNul),
  attachments: z.array(mailFile).max(100),
  signed: z.boolean(),
  quoted: z.boolean(),
})
export type MailDraft = z.infer<typeof mailDraft>
