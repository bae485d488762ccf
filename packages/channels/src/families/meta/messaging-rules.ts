import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from './simulator.ts'

/** What the Send API checks of a body, written from the documentation and apart from what renders. */
export type Product = 'messenger' | 'instagram'
const most = (limit: number) => z.string().min(1).max(limit)

const buttons = z
  .array(
    z.union([
      z.strictObject({ type: z.literal('web_url'), title: most(20), url: z.url() }),
      z.strictObject({ type: z.literal('postback'), title: most(20), payload: most(1000) }),
    ]),
  )
  .min(1)
  .max(3)
const generic = z.strictObject({
  template_type: z.literal('generic'),
  elements: z
    .array(
      z
        .strictObject({
          title: most(80),
          subtitle: most(80).optional(),
          image_url: z.url().optional(),
          buttons: buttons.optional(),
        })
        .refine((one) => one.subtitle ?? one.image_url ?? one.buttons, 'A title alone is no template'),
    )
    .min(1)
    .max(10),
})
const file = z.strictObject({
  type: z.enum(['image', 'audio', 'video', 'file']),
  payload: z.union([
    z.strictObject({ url: z.url(), is_reusable: z.boolean().optional() }),
    z.strictObject({ attachment_id: most(100) }),
  ]),
})
const withButtons = z.strictObject({ template_type: z.literal('button'), text: most(640), buttons })
const template = z.strictObject({ type: z.literal('template'), payload: z.union([generic, withButtons]) })
const replies = z
  .array(z.strictObject({ content_type: z.literal('text'), title: most(20), payload: most(1000) }))
  .min(1)
  .max(13)
const metadata = most(1000).optional()

const texts = {
  messenger: most(2000),
  instagram: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= 1000, 'Longer than 1000 bytes'),
}
const messageOf = (product: Product) =>
  z.union([
    z.strictObject({ text: texts[product], quick_replies: replies.optional(), metadata }),
    z.strictObject({ attachment: z.union([file, template]), metadata }),
  ])
const recipient = z.strictObject({ id: z.string().regex(/^\d+$/) })
const toComment = z.strictObject({ comment_id: z.string().min(1) })
const payload = z.strictObject({ message_id: most(500), reaction: most(40).optional() })
const action = z.union([
  z.strictObject({ recipient, sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen']) }),
  z.strictObject({ recipient, sender_action: z.literal('react'), payload: payload.required() }),
  z.strictObject({ recipient, sender_action: z.literal('unreact'), payload: payload.omit({ reaction: true }) }),
])
const bodyOf = (product: Product) =>
  z.union([
    action,
    z.strictObject({
      recipient: toComment,
      messaging_type: z.undefined().optional(),
      message: z.strictObject({
        text: texts[product],
        quick_replies: z.undefined().optional(),
        metadata: z.undefined().optional(),
      }),
    }),
    z.strictObject({ recipient, messaging_type: z.enum(['RESPONSE', 'UPDATE']), message: messageOf(product) }),
    z.strictObject({
      recipient,
      messaging_type: z.literal('MESSAGE_TAG'),
      tag: z.literal('HUMAN_AGENT'),
      message: messageOf(product),
    }),
  ])
const bodies = { messenger: bodyOf('messenger'), instagram: bodyOf('instagram') }
export type SendBody = z.infer<(typeof bodies)['messenger']>
export type SentMessage = Extract<SendBody, { message: unknown }>['message']

export function checkBody(product: Product, body: unknown): SendBody | Refusal {
  const checked = bodies[product].safeParse(body)
  return checked.success ? checked.data : refuse(100, `Invalid parameter: ${checked.error.message}`)
}

const comment = z.strictObject({ message: most(300) })
const mention = comment.extend({ media_id: z.string().min(1), comment_id: z.string().min(1).optional() })
function checkAgainst<Body>(schema: z.ZodType<Body>, body: unknown): Body | Refusal {
  const parsed = schema.safeParse(body)
  return parsed.success ? parsed.data : refuse(100, `Invalid parameter: ${parsed.error.message}`)
}
export const checkComment = (body: unknown) => checkAgainst(comment, body)
export const checkMention = (body: unknown) => checkAgainst(mention, body)

export function brokenLimits(product: Product, request: unknown): string[] {
  const checked = checkBody(product, request)
  return isRefusal(checked) ? [checked.message] : []
}
