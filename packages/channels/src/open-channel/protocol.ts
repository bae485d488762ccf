import { attachmentKinds, messageContent } from '@qiao/protocol'
import { z } from 'zod'
import { problemCodes } from '../problem.ts'

/**
 * What crosses the wire between Qiao and a company's own system, both ways: docs/channels/open.md in zod. Fields that
 * are not named here are allowed and ignored, so that either side can be newer.
 */

export const maxText = 10_000
export const maxEvents = 100
export const maxMediaBytes = 100 * 1024 * 1024

const key = z.string().min(1).max(200)
const instant = z.iso.datetime({ offset: true })
const text = z.string().max(maxText)
const url = z.url({ protocol: /^https?$/u }).max(2048)

// ---------------------------------------------------------------- to Qiao

export const customer = z.object({
  id: key,
  name: z.string().max(200).optional(),
  avatarUrl: url.optional(),
  language: z.string().max(35).optional(),
  phone: z.string().max(32).optional(),
  email: z.string().max(320).optional(),
})

export const media = z
  .object({
    id: key.optional(),
    url: url.optional(),
    mime: z.string().max(127).optional(),
    name: z.string().min(1).max(255).optional(),
    bytes: z.int().nonnegative().optional(),
    durationMs: z.int().nonnegative().optional(),
  })
  .refine((one) => one.id !== undefined || one.url !== undefined, 'Either id or url is needed')

const withMedia = z.object({ type: z.enum(attachmentKinds), media, caption: text.optional() })
/** Kinds without bytes are written as the API has them; what names entries of ours means nothing outside. */
const withoutMedia = messageContent.transform((content, context) => {
  switch (content.type) {
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      context.addIssue('Attachments carry their bytes in media')
      return z.NEVER
    case 'mail':
      context.addIssue('Letters come by mail')
      return z.NEVER
    case 'text':
      return { type: content.type, text: content.text, markup: content.markup }
    case 'call':
      return { ...content, recording: undefined }
    default:
      return content
  }
})
export const receivedContent = z.union([withMedia, withoutMedia])

const base = {
  id: key,
  at: instant,
  customer,
  thread: z.object({ key, kind: z.enum(['group', 'public']), title: z.string().max(200).optional() }).optional(),
}
const problem = z.object({ code: z.enum(problemCodes), detail: z.string().max(500).optional() })

export const toQiao = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('message'),
    messageId: key,
    content: receivedContent,
    replyTo: key.optional(),
    choice: z.string().max(64).optional(),
    referral: z
      .object({
        source: z.string().max(100),
        parameter: z.string().max(500).optional(),
        title: z.string().max(200).optional(),
        url: url.optional(),
      })
      .optional(),
    extra: z.json().optional(),
  }),
  z.object({
    ...base,
    type: z.literal('echo'),
    messageId: key,
    content: receivedContent,
    ours: z.boolean().default(false),
  }),
  z.object({ ...base, type: z.literal('edited'), messageId: key, content: receivedContent }),
  z.object({ ...base, type: z.literal('recalled'), messageId: key }),
  z.object({ ...base, type: z.literal('reacted'), messageId: key, emoji: z.string().max(64).nullable() }),
  z.object({ ...base, type: z.literal('typing'), on: z.boolean() }),
  z
    .object({
      ...base,
      type: z.literal('receipt'),
      state: z.enum(['sent', 'delivered', 'read', 'failed']),
      messageId: key.optional(),
      upTo: instant.optional(),
      problem: problem.optional(),
    })
    .refine((one) => one.messageId !== undefined || one.upTo !== undefined, 'Either messageId or upTo is needed'),
  z.object({
    ...base,
    type: z.literal('acted'),
    act: key,
    words: z.string().max(500),
    parameter: z.string().max(500).optional(),
  }),
  z.object({ ...base, type: z.literal('consent'), wanted: z.boolean() }),
  z.object({ ...base, type: z.literal('moved'), toId: key }),
  z.object({ id: key, at: instant, type: z.literal('account'), problem }),
  z.object({ id: key, at: instant, type: z.literal('ping') }),
])
export type ToQiao = z.infer<typeof toQiao>

/** What every event has, whatever else is wrong with it: enough to keep it. */
export const envelope = z.looseObject({ id: key, type: z.string().max(64) })
export const posted = z.union([
  z.looseObject({ events: z.array(envelope).min(1).max(maxEvents) }).transform(({ events }) => events),
  envelope.transform((event) => [event]),
])

// ---------------------------------------------------------------- to the company

const sentContent = z.union([
  z.object({
    type: z.enum(attachmentKinds),
    attachment: z.object({
      id: z.string(),
      name: z.string(),
      mime: z.string(),
      bytes: z.int(),
      width: z.int().optional(),
      height: z.int().optional(),
      durationMs: z.int().optional(),
      /** Valid for minutes: fetch it at once. */
      url,
    }),
    caption: text.optional(),
  }),
  withoutMedia,
])

export const toCompany = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    to: key,
    content: sentContent,
    /** The same in words, for systems that show nothing else. */
    plain: z.string().min(1),
    replyTo: key.optional(),
    thread: key.optional(),
    author: z.object({ name: z.string(), avatarUrl: url.optional() }).optional(),
    language: z.string().optional(),
  }),
  /** To a message of the customer; null takes it back. Only to systems that say that they take them. */
  z.object({
    type: z.literal('reaction'),
    to: key,
    thread: key.optional(),
    messageId: key,
    emoji: z.string().min(1).max(64).nullable(),
  }),
  z.object({ type: z.literal('typing'), to: key }),
  z.object({ type: z.literal('read'), to: key, messageId: key }),
  z.object({ type: z.literal('media'), mediaId: key }),
  z.object({ type: z.literal('profile'), customerId: key }),
  z.object({ type: z.literal('templates') }),
  z.object({ type: z.literal('ping') }),
])
export type ToCompany = z.infer<typeof toCompany>

export const sentAnswer = z.object({ id: key.optional(), movedTo: key.optional() })
export const refusal = z.object({ code: z.string().max(64).optional(), detail: z.string().max(2000).optional() })
export const profileAnswer = customer
  .omit({ id: true })
  .extend({ attributes: z.record(z.string(), z.string()).optional() })
export const templatesAnswer = z.object({
  templates: z.array(
    z.object({
      name: key,
      language: z.string().max(16),
      category: z.string().default(''),
      state: z.enum(['pending', 'approved', 'rejected', 'paused', 'disabled']).default('approved'),
      text,
      parameters: z.array(z.string()).default([]),
      reason: z.string().optional(),
    }),
  ),
})
