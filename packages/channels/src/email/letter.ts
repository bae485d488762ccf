import { mailbox } from '@qiao/protocol'
import { z } from 'zod'

/** What is stored of a letter that goes out: everything but the bytes of its files, and the names that need the key. */
export const letter = z.object({
  /** Ours; null where the message has none: then a name is made of the try. */
  id: z.string().nullable(),
  conversationId: z.string().nullable(),
  to: z.array(mailbox).min(1),
  cc: z.array(mailbox),
  bcc: z.array(mailbox),
  /** To whom of them it is handed over; absent: to all. */
  only: z.array(z.string()).optional(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  files: z.array(z.object({ id: z.string(), name: z.string(), mime: z.string(), cid: z.string().optional() })),
  references: z.array(z.string()),
  isAutomatic: z.boolean(),
  fromName: z.string(),
  /** What it says to calendars (RFC 6047). */
  calendar: z.object({ method: z.string(), text: z.string() }).optional(),
})
export type Letter = z.infer<typeof letter>
