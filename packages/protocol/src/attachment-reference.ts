import { z } from 'zod'
import { id, noNul } from './primitives.ts'

export const attachmentKinds = ['image', 'audio', 'video', 'file'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

/** What a timeline keeps of a file. Links to the bytes are short-lived and come from the attachments API. */
export const attachmentReference = z.object({
  id,
  name: z.string().min(1).max(255).refine(noNul),
  mime: z.string().max(127),
  bytes: z.number().int().nonnegative(),
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  durationMs: z.number().int().nonnegative().optional(),
})
export type AttachmentReference = z.infer<typeof attachmentReference>
