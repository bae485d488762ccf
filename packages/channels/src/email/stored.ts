import { z } from 'zod'
import { automaticMail, mailbox, mailInvitation, senderChecks, senderTrusts } from '@qiao/protocol'

/** What intake makes of a mail: plain and bounded, so that `normalise` needs nothing else. */
export const stored = z.object({
  kind: z.enum(['letter', 'bounce', 'own']),
  at: z.iso.datetime(),
  messageId: z.string().min(1).max(1_000),
  from: mailbox,
  /** Who is answered: not the From of programs that write for somebody. */
  customer: mailbox,
  replyTo: z.array(mailbox).max(20),
  to: z.array(mailbox).max(200),
  cc: z.array(mailbox).max(200),
  copies: z.array(mailbox).max(50),
  subject: z.string().max(998),
  text: z.string(),
  whole: z.string(),
  quoted: z.string(),
  signature: z.string(),
  html: z.string().nullable(),
  htmlKept: z.string().optional(),
  answers: z.array(z.string().max(1_000)).max(50),
  belongs: z.uuid().optional(),
  quotesNumber: z.int().positive().optional(),
  automatic: z.enum(automaticMail).optional(),
  answerable: z.literal(false).optional(),
  trust: z.enum(senderTrusts).optional(),
  checks: senderChecks.optional(),
  forwarded: z
    .object({ from: mailbox.nullable(), subject: z.string().max(998).nullable(), date: z.string().max(40).nullable() })
    .optional(),
  invitation: mailInvitation.optional(),
  files: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().max(255),
        mime: z.string().max(127),
        bytes: z.int().nonnegative(),
        cid: z.string().max(250).optional(),
      }),
    )
    .max(1_000),
  original: z.string(),
  warnings: z.array(z.string().max(60)).max(20),
  bounce: z
    .object({
      kind: z.enum(['hard', 'soft', 'delay']),
      recipient: z.string().max(320),
      status: z.string().max(20).nullable(),
      diagnostic: z.string().max(500).nullable(),
      messageId: z.string().max(1_000),
    })
    .optional(),
})
export type Stored = z.infer<typeof stored>
