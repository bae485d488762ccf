import { z } from 'zod'
import { type Refusal, refuse } from '../families/meta/simulator.ts'
import { usedTemplate } from './simulator-template-use.ts'

/** What the messages endpoint checks of a body, written from the documentation and apart from `render`. */
const most = (limit: number) => z.string().min(1).max(limit)
const link = z.strictObject({ link: z.url(), id: z.undefined().optional(), caption: most(1024).optional() })
const uploaded = z.strictObject({ id: most(200), caption: most(1024).optional() })
const media = z.union([link, uploaded])
const header = z.union([
  z.strictObject({ type: z.literal('text'), text: most(60) }),
  z.strictObject({ type: z.literal('image'), image: media }),
])
const body = z.strictObject({ text: most(1024) })
const uniqueTitles = (buttons: readonly { reply: { title: string } }[]) =>
  new Set(buttons.map(({ reply }) => reply.title)).size === buttons.length

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: header.optional(),
    body,
    action: z.strictObject({
      buttons: z
        .array(z.strictObject({ type: z.literal('reply'), reply: z.strictObject({ id: most(256), title: most(20) }) }))
        .min(1)
        .max(3)
        .refine(uniqueTitles, 'Button titles must be unique'),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: header.optional(),
    body,
    action: z.strictObject({
      button: most(20),
      sections: z
        .array(
          z.strictObject({
            title: most(24).optional(),
            rows: z.array(z.strictObject({ id: most(200), title: most(24), description: most(72).optional() })).min(1),
          }),
        )
        .min(1)
        .max(10)
        .refine((sections) => sections.flatMap(({ rows }) => rows).length <= 10, 'At most ten rows'),
    }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: header.optional(),
    body,
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({ display_text: most(20), url: z.url() }),
    }),
  }),
])

const types = {
  text: z.strictObject({ body: most(4096), preview_url: z.boolean().optional() }),
  image: media,
  video: media,
  audio: z.strictObject({ id: most(200) }),
  document: z.strictObject({ id: most(200), caption: most(1024).optional(), filename: most(255) }),
  reaction: z.strictObject({ message_id: most(500), emoji: z.string().max(40) }),
  contacts: z
    .array(
      z.strictObject({
        name: z.strictObject({ formatted_name: most(1000), first_name: most(1000) }),
        phones: z.array(z.strictObject({ phone: most(100), type: z.string() })).optional(),
        emails: z.array(z.strictObject({ email: most(320), type: z.string() })).optional(),
        org: z.strictObject({ company: most(1000) }).optional(),
      }),
    )
    .min(1)
    .max(257),
  location: z.strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name: most(1000).optional(),
    address: most(1000).optional(),
  }),
  interactive,
  template: usedTemplate,
}
const isType = (type: unknown): type is keyof typeof types => typeof type === 'string' && Object.hasOwn(types, type)

const frame = z.looseObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.enum(['individual', 'group']).optional(),
  to: z.string().optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  context: z.strictObject({ message_id: most(500) }).optional(),
  biz_opaque_callback_data: most(512).optional(),
  type: z.string(),
})
const inGroups: readonly string[] = ['text', 'image', 'video', 'audio', 'document', 'template']
export type Frame = z.infer<typeof frame>

export type Checked =
  | { type: 'text'; said: z.infer<typeof types.text> }
  | { type: 'image' | 'video'; said: z.infer<typeof media> }
  | { type: 'audio'; said: z.infer<typeof types.audio> }
  | { type: 'document'; said: z.infer<typeof types.document> }
  | { type: 'location'; said: z.infer<typeof types.location> }
  | { type: 'contacts'; said: z.infer<typeof types.contacts> }
  | { type: 'reaction'; said: z.infer<typeof types.reaction> }
  | { type: 'interactive'; said: z.infer<typeof interactive> }
  | { type: 'template'; said: z.infer<typeof types.template> }

export type Reaction = z.infer<typeof types.reaction>

export function checkMessage(request: unknown): { frame: Frame; checked: Checked } | Refusal {
  const framed = frame.safeParse(request)
  if (!framed.success) return refuse(100, 'Invalid parameter', 400, words(framed.error))
  const { to, recipient, type, recipient_type: kind } = framed.data
  if (kind === 'group' && (recipient !== undefined || !inGroups.includes(type))) {
    return refuse(131051, 'Unsupported message type', 400, 'Groups take words, media and templates')
  }
  if (kind !== 'group' && to !== undefined && !/^\d{7,15}$/.test(to)) return refuse(100, 'Invalid parameter', 400, 'to')
  if ((to === undefined) === (recipient === undefined)) {
    return refuse(131008, 'Required parameter is missing', 400, 'Exactly one of to and recipient')
  }
  if (!isType(type)) return refuse(131051, 'Unsupported message type')
  const said = types[type].safeParse(framed.data[type])
  if (!said.success) return refuse(131009, 'Parameter value is not valid', 400, words(said.error))
  return { frame: framed.data, checked: { type, said: said.data } as Checked }
}

const words = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')

const office = 'application/vnd.openxmlformats-officedocument'
const megabyte = 1_048_576
const mediaLimits: readonly [RegExp, number][] = [
  [/^image\/(?:jpeg|png)$/, 5 * megabyte],
  [/^audio\/(?:aac|amr|mpeg|mp4|ogg)$/, 16 * megabyte],
  [/^video\/(?:mp4|3gpp)$/, 16 * megabyte],
  [/^image\/webp$/, 512_000],
  [/^(?:text\/plain|application\/(?:pdf|msword|vnd\.ms-excel|vnd\.ms-powerpoint))$/, 100 * megabyte],
  [new RegExp(`^${office.replaceAll('.', String.raw`\.`)}`), 100 * megabyte],
]
export function checkMedia(mime: string, bytes: number): Refusal | null {
  const limit = mediaLimits.find(([types_]) => types_.test(mime.split(';')[0] ?? ''))?.[1]
  if (limit === undefined) return refuse(100, `Param file must be a file with one of the known types, not ${mime}`)
  return bytes > limit ? refuse(131053, 'Media upload error', 400, 'File is too large') : null
}
