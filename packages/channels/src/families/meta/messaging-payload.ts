import { z } from 'zod'

/** What Messenger and Instagram send, as far as we read it. What is optional and of a wrong shape counts as absent. */
const optional = <Schema extends z.core.$ZodType>(schema: Schema) => z.optional(schema).catch(undefined)
const text = z.string().min(1)
const words = optional(z.string())
const id = z.union([text, z.number()]).transform(String)
const reference = optional(z.object({ ref: words, source: words, type: words, ad_id: words, referer_uri: words }))

export const attachment = z.object({
  type: text,
  title: words,
  url: words,
  payload: z
    .object({
      url: words,
      title: words,
      sticker_id: optional(id),
      coordinates: optional(z.object({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) })),
      text: words,
      elements: optional(z.array(z.object({ title: words, subtitle: words }))),
    })
    .nullish()
    .catch(null),
})
export type Attachment = z.infer<typeof attachment>

export const message = z.object({
  mid: text,
  text: words,
  is_echo: optional(z.boolean()),
  is_deleted: optional(z.boolean()),
  is_unsupported: optional(z.boolean()),
  app_id: optional(id),
  metadata: words,
  attachments: optional(z.array(attachment)),
  quick_reply: optional(z.object({ payload: text })),
  reply_to: optional(z.object({ mid: words, story: optional(z.object({ id: words, url: words })) })),
  referral: reference,
})
export type Message = z.infer<typeof message>

export const item = z.object({
  sender: z.object({ id }),
  recipient: z.object({ id }),
  timestamp: z.coerce.number().nonnegative(),
})
export type Item = z.infer<typeof item>

export const postback = z.object({ mid: optional(text), title: words, payload: words, referral: reference })
export const edit = z.object({ mid: text, text: z.string() })
export const reaction = z.object({ mid: text, action: text, emoji: words, reaction: words })
export const watermark = z.object({ watermark: z.coerce.number().positive() })
export const seen = z.object({ mid: text })
export const referral = z.object({ ref: words, source: words, type: words, ad_id: words, referer_uri: words })
export const policy = z.object({ action: text, reason: words })

export const change = z.object({ field: text, value: z.record(z.string(), z.unknown()).catch({}) })
export const comment = z.object({
  id,
  text: z.string(),
  from: z.object({ id, username: words }),
  media: z.object({ id }),
  parent_id: optional(id),
})
