import { z } from 'zod'
import { attachmentKinds, attachmentReference } from './attachment-reference.ts'

export const attachmentStates = ['processing', 'ready', 'failed'] as const

/** Links are signed and short-lived: ask again (`linkAttachments`) when `expiresAt` has passed. */
export const attachment = attachmentReference.extend({
  kind: z.enum(attachmentKinds),
  state: z.enum(attachmentStates),
  /** Percent of the conversion that is done. */
  progress: z.number().int().min(0).max(100),
  failure: z.string().nullable(),
  links: z.object({
    download: z.string(),
    /** Shown or played in the page; absent until it is ready or when the kind is not shown. */
    view: z.string().nullable(),
    thumbnail: z.string().nullable(),
    expiresAt: z.iso.datetime(),
  }),
})
export type Attachment = z.infer<typeof attachment>
