import { z } from 'zod'

/**
 * What Meta sends, as far as we read it; everything else may be there. What is optional and of a wrong shape counts as
 * absent.
 */
const optional = <Schema extends z.core.$ZodType>(schema: Schema) => z.optional(schema).catch(undefined)
export const text = z.string().min(1)
const words = optional(z.string())
const seconds = z
  .union([z.string().regex(/^\d{1,13}$/), z.number().nonnegative()])
  .transform((value) => Number(value) * 1000)

export const contact = z.object({
  wa_id: optional(text),
  user_id: optional(text),
  parent_user_id: optional(text),
  profile: optional(z.object({ name: words, username: words })),
})
export type Contact = z.infer<typeof contact>

/** …/webhooks/reference/user_preferences (2026-05-21) */
export const preferences = z
  .array(
    z.object({
      wa_id: optional(text),
      user_id: optional(text),
      parent_user_id: optional(text),
      category: text,
      value: text,
      timestamp: optional(seconds),
    }),
  )
  .min(1)

export const media = z.object({ id: text, mime_type: words, caption: words, filename: words })
export const location = z.object({
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
  name: words,
  address: words,
})
export const sharedContacts = z.array(
  z.object({
    name: optional(z.object({ formatted_name: words })),
    phones: optional(z.array(z.object({ phone: words }))),
    emails: optional(z.array(z.object({ email: words }))),
    org: optional(z.object({ company: words })),
  }),
)
export const interactive = z.union([
  z.object({ type: z.literal('button_reply'), button_reply: z.object({ id: text, title: text }) }),
  z.object({
    type: z.literal('list_reply'),
    list_reply: z.object({ id: text, title: text, description: words }),
  }),
  z.object({
    type: z.literal('nfm_reply'),
    nfm_reply: z.object({ name: words, body: words, response_json: z.string() }),
  }),
])
export const order = z.object({
  catalog_id: words,
  text: words,
  product_items: z
    .array(
      z.object({
        product_retailer_id: text,
        quantity: z.coerce.number().int().positive(),
        item_price: z.coerce.number().nonnegative(),
        currency: z.string().regex(/^[A-Z]{3}$/),
      }),
    )
    .min(1),
})
export const system = z.object({
  type: text,
  body: words,
  wa_id: optional(text),
  user_id: optional(text),
  previous_user_id: optional(text),
})
export const errors = z.array(
  z.object({ code: z.number(), title: words, message: words, error_data: z.unknown().optional() }),
)

/** Ours come back with `to` and without a profile; otherwise they are like those of customers. */
export const message = z.object({
  id: text,
  timestamp: seconds,
  type: text,
  from: optional(text),
  from_user_id: optional(text),
  to: optional(text),
  to_user_id: optional(text),
  group_id: optional(text),
  context: optional(
    z.object({
      id: optional(text),
      forwarded: optional(z.boolean()),
      frequently_forwarded: optional(z.boolean()),
      referred_product: optional(z.object({ catalog_id: words, product_retailer_id: words })),
    }),
  ),
  referral: optional(
    z.object({ source_type: words, source_id: words, source_url: words, headline: words, ctwa_clid: words }),
  ),
})
export type Message = z.infer<typeof message>

export const reaction = z.object({ message_id: text, emoji: words })
export const edit = z.object({ original_message_id: text, message: z.looseObject({ type: text }) })
export const revoke = z.object({ original_message_id: text })

export const status = z.object({
  id: text,
  status: text,
  timestamp: seconds,
  recipient_id: optional(text),
  recipient_type: optional(text),
  recipient_user_id: optional(text),
  biz_opaque_callback_data: optional(text),
  errors: optional(errors),
})
