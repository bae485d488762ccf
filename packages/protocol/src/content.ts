import { z } from 'zod'
import { type AttachmentKind, attachmentReference } from './attachment-reference.ts'
import { leftMessageContent } from './left-message.ts'
import { mailContent } from './mail-content.ts'
import { id, noNul, shortText, webUrl } from './primitives.ts'
import { filledPlaces, templatePart } from './template-parts.ts'

export {
  type AttachmentKind,
  attachmentKinds,
  type AttachmentReference,
  attachmentReference,
} from './attachment-reference.ts'

/**
 * What a message can say (product.md §2). One discriminated union for every channel: a channel that cannot show a kind
 * degrades it in its own `render`; nobody else asks which channel it is.
 */

export const maxTextLength = 10_000
const text = z.string().max(maxTextLength).refine(noNul, 'U+0000 cannot be stored')
const requiredText = text.refine((value) => value.trim() !== '', 'Text is empty')
const caption = text.optional()

/** `light` is the safe subset that markup.ts parses: bold, italic, strike, code, links, lists, quotes. Never HTML. */
export const textContent = z.object({
  type: z.literal('text'),
  text: requiredText,
  markup: z.enum(['none', 'light']).default('none'),
  /**
   * Set when the text is the answer to a menu, or to a template's quick reply (`optionId` is what the button sends back), so
   * that bots and reports need not guess from words.
   */
  choice: z.object({ menuEntryId: id, optionId: z.string().max(128) }).optional(),
})

const attachmentContent = <Kind extends AttachmentKind>(kind: Kind) =>
  z.object({ type: z.literal(kind), attachment: attachmentReference, caption })

const locationContent = z.object({
  type: z.literal('location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  title: z.string().max(200).optional(),
  address: z.string().max(500).optional(),
})

/** A page of a WeChat mini program that opens when the card is pressed. Without `appId` the program that is chatted in. */
const miniProgram = z.object({
  appId: z
    .string()
    .regex(/^wx[0-9A-Za-z]{1,30}$/)
    .optional(),
  path: z.string().max(1024).refine(noNul),
})

const button = z.object({ label: z.string().min(1).max(60), url: webUrl })
const cardContent = z.object({
  type: z.literal('card'),
  title: shortText,
  text: text.optional(),
  imageUrl: webUrl.optional(),
  buttons: z.array(button).max(3).default([]),
  miniProgram: miniProgram.optional(),
})

/** Somebody, as a business card: how to reach them. */
const contactContent = z.object({
  type: z.literal('contact'),
  name: shortText.refine(noNul),
  phones: z.array(z.string().trim().min(1).max(40).refine(noNul)).max(5).default([]),
  emails: z.array(z.string().trim().min(1).max(320).refine(noNul)).max(5).default([]),
  organisation: z.string().trim().max(200).refine(noNul).optional(),
})

/** Numbered choices; `quick` are chips that vanish once answered. */
const menuContent = z.object({
  type: z.literal('menu'),
  text: requiredText,
  style: z.enum(['list', 'quick']).default('list'),
  options: z
    .array(z.object({ id: z.string().min(1).max(64), label: z.string().min(1).max(100) }))
    .min(1)
    .max(20),
})

export const formField = z.object({
  name: z.string().regex(/^[a-zA-Z][\w-]{0,39}$/),
  label: z.string().min(1).max(100),
  type: z.enum(['text', 'textarea', 'email', 'phone', 'number', 'date', 'select', 'checkbox']),
  required: z.boolean().default(false),
  options: z.array(z.string().min(1).max(100)).max(50).optional(),
  placeholder: z.string().max(100).optional(),
})
export type FormField = z.infer<typeof formField>
export const formValues = z.record(
  z.string().max(40),
  z.union([z.string().max(4000).refine(noNul), z.number(), z.boolean()]),
)
export type FormValues = z.infer<typeof formValues>

const formContent = z.object({
  type: z.literal('form'),
  title: shortText,
  fields: z.array(formField).min(1).max(20),
  submitLabel: z.string().max(40).optional(),
})
const formResponseContent = z.object({
  type: z.literal('form-response'),
  /** The entry that asked; absent for the pre-chat and the leave-a-message form. */
  formEntryId: id.optional(),
  title: z.string().max(200),
  values: z.array(
    z.object({ name: z.string().max(40), label: z.string().max(100), value: z.string().max(4000).refine(noNul) }),
  ),
})

const currency = z.string().regex(/^[A-Z]{3}$/)
const productContent = z.object({
  type: z.literal('product'),
  sku: z.string().max(100),
  title: shortText,
  text: text.optional(),
  priceMinorUnits: z.number().int().optional(),
  currency: currency.optional(),
  imageUrl: webUrl.optional(),
  url: webUrl.optional(),
})
const orderContent = z.object({
  type: z.literal('order'),
  number: z.string().min(1).max(100),
  status: z.string().max(100),
  totalMinorUnits: z.number().int().optional(),
  currency: currency.optional(),
  lines: z
    .array(z.object({ title: z.string().max(200), quantity: z.number().int().positive() }))
    .max(50)
    .default([]),
  url: webUrl.optional(),
})
const articleContent = z.object({
  type: z.literal('article'),
  title: shortText,
  excerpt: z.string().max(500).optional(),
  url: webUrl,
  imageUrl: webUrl.optional(),
})
const callContent = z.object({
  type: z.literal('call'),
  medium: z.enum(['voice', 'video']),
  direction: z.enum(['in', 'out']),
  outcome: z.enum(['answered', 'missed', 'declined', 'failed', 'voicemail']),
  durationSeconds: z.number().int().nonnegative(),
  recording: attachmentReference.optional(),
})
const templateContent = z.object({
  type: z.literal('template'),
  name: z.string().min(1).max(512),
  language: z.string().max(16),
  parameters: z.array(z.string().max(1024)).max(50).default([]),
  /** What stands above the words, where the template has a file or a place there. */
  header: z
    .discriminatedUnion('type', [
      attachmentContent('image'),
      attachmentContent('video'),
      attachmentContent('file'),
      locationContent,
    ])
    .optional(),
  /** What comes back when the customer presses a quick reply, in their order; the words on it where it is left out. */
  payloads: z.array(z.string().min(1).max(128)).max(10).optional(),
  /** The words as the customer sees them; of what agents send, the server fills them in, as it does all that follows. */
  text: requiredText,
  buttons: z.array(z.string().max(100)).max(10).optional(),
  /** The same words with what is what, and with what buttons open and copy. */
  parts: z.array(templatePart).max(20).optional(),
  /** Where each of `parameters` goes; without it they are those of the body, in their order. */
  places: filledPlaces.optional(),
})
/** Something that arrived and that we cannot show: kept, named, never dropped. */
const unsupportedContent = z.object({
  type: z.literal('unsupported'),
  summary: z.string().max(500),
  raw: z.unknown().optional(),
})

export const messageContent = z.discriminatedUnion('type', [
  textContent,
  attachmentContent('image'),
  attachmentContent('audio'),
  attachmentContent('video'),
  attachmentContent('file'),
  locationContent,
  contactContent,
  cardContent,
  menuContent,
  formContent,
  formResponseContent,
  productContent,
  orderContent,
  articleContent,
  callContent,
  templateContent,
  mailContent,
  leftMessageContent,
  unsupportedContent,
])
export type MessageContent = z.infer<typeof messageContent>
export type MessageContentInput = z.input<typeof messageContent>
export type ContentOf<Type extends MessageContent['type']> = Extract<MessageContent, { type: Type }>

/** What a visitor may send. The rest is for agents, bots and channels. */
export const visitorContent = z.discriminatedUnion('type', [
  textContent,
  attachmentContent('image'),
  attachmentContent('audio'),
  attachmentContent('video'),
  attachmentContent('file'),
  locationContent,
  formResponseContent,
  productContent,
  orderContent,
])
export type VisitorContent = z.infer<typeof visitorContent>

/** What an agent may send by hand. */
export const agentContent = z.discriminatedUnion('type', [
  textContent,
  attachmentContent('image'),
  attachmentContent('audio'),
  attachmentContent('video'),
  attachmentContent('file'),
  locationContent,
  contactContent,
  cardContent,
  menuContent,
  formContent,
  productContent,
  orderContent,
  articleContent,
  templateContent,
  mailContent,
])
export type AgentContent = z.infer<typeof agentContent>
