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
export type SenderTrust = (typeof senderTrusts)[number]

/** As RFC 8601 names the results. */
export const senderCheckResults = [
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
] as const
/** `domain`: the one that was checked, which need not be that of the From. */
export const senderCheck = z.object({
  result: z.enum(senderCheckResults),
  domain: z.string().max(253).refine(noNul).optional(),
})
export type SenderCheck = z.infer<typeof senderCheck>
/** What each check found that was made; `trust` is what follows from all of them. */
export const senderChecks = z.object({
  spf: senderCheck.optional(),
  dkim: senderCheck.optional(),
  dmarc: senderCheck.optional(),
})
export type SenderChecks = z.infer<typeof senderChecks>

/** A file that came with a letter and is not kept beside it; the original mail holds it. */
export const missedFile = z.object({
  name: z.string().max(255).refine(noNul),
  why: z.enum(['too-large', 'type-refused', 'gone']),
})
export type MissedFile = z.infer<typeof missedFile>

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
  /** Why the `file-…` warnings are there. */
  missedFiles: z.array(missedFile).max(20).optional(),
  /** Passed on by `from`; this is who wrote it first. */
  forwarded: z
    .object({ from: mailbox.nullable(), subject: z.string().max(998).nullable(), date: z.string().max(40).nullable() })
    .optional(),
  /** Written by a program, or (`list`) by way of one: nothing automatic answers it. */
  automatic: z.enum(automaticMail).optional(),
  /** A person wrote it, and yet nothing automatic answers it: it asks for that, or a form wrote in their name. */
  answerable: z.literal(false).optional(),
  trust: z.enum(senderTrusts).optional(),
  checks: senderChecks.optional(),
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
  /** Null also where `html` still holds it. */
  signatureHtml: z.string().nullable(),
  /** Pictures of other servers that showing would load. */
  remoteImages: z.number().int().nonnegative(),
  /** There is the mail as it came, to be downloaded. */
  hasOriginal: z.boolean(),
  receivedAt: instant,
})
export type MailBody = z.infer<typeof mailBody>

/** `reply-original`: to whoever wrote first what was passed on to us. */
export const mailKinds = ['reply', 'reply-all', 'reply-original', 'forward', 'new'] as const
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
  /** The newest entry of the conversation when it was begun: whatever came later its writer may not know of. */
  sinceSeq: z.number().int().nonnegative().optional(),
})
export type MailDraft = z.infer<typeof mailDraft>

/** How a mail was being written: with its content all that it takes to go on. */
export const mailWriting = mailDraft.pick({ kind: true, entryId: true, signed: true, quoted: true })
export type MailWriting = z.infer<typeof mailWriting>
