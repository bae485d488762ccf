import { z } from 'zod'
import { type Refusal, refuse } from '../families/meta/simulator.ts'
import { type Button, namesIn, partsOf } from './simulator-template-shapes.ts'
import type { StoredTemplate } from './simulator-templates.ts'

/** What a message may fill in of a template, and how Meta refuses what does not fit the one that was made. */
const most = (limit: number) => z.string().min(1).max(limit)
const text = z.strictObject({ type: z.literal('text'), parameter_name: most(100).optional(), text: most(4096) })
const stored = z.strictObject({ id: most(200) })
const head = z.discriminatedUnion('type', [
  text,
  z.strictObject({ type: z.literal('image'), image: stored }),
  z.strictObject({ type: z.literal('video'), video: stored }),
  z.strictObject({ type: z.literal('document'), document: stored.extend({ filename: most(255).optional() }) }),
  z.strictObject({
    type: z.literal('location'),
    location: z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: most(1000),
      address: most(1000),
    }),
  }),
])
const index = z.string().regex(/^\d$/)
const button = z.discriminatedUnion('sub_type', [
  z.strictObject({ type: z.literal('button'), sub_type: z.literal('url'), index, parameters: z.array(text).length(1) }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.literal('quick_reply'),
    index,
    parameters: z.array(z.strictObject({ type: z.literal('payload'), payload: most(128) })).length(1),
  }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.literal('copy_code'),
    index,
    parameters: z.array(z.strictObject({ type: z.literal('coupon_code'), coupon_code: most(15) })).length(1),
  }),
])
export const usedTemplate = z.strictObject({
  name: most(512),
  language: z.strictObject({ code: most(16) }),
  components: z
    .array(
      z.union([
        z.strictObject({ type: z.literal('header'), parameters: z.array(head).length(1) }),
        z.strictObject({ type: z.literal('body'), parameters: z.array(text).min(1) }),
        button,
      ]),
    )
    .min(1)
    .optional(),
})
export type Used = z.infer<typeof usedTemplate>
type Text = z.infer<typeof text>

const partsUsed = ({ components = [] }: Used) => ({
  head: components.flatMap((one) => (one.type === 'header' ? one.parameters : []))[0],
  body: components.flatMap((one) => (one.type === 'body' ? one.parameters : [])),
  buttons: components.flatMap((one) => (one.type === 'button' ? [one] : [])),
})

/** The uploaded file above the words. */
export function mediaUsed(used: Used): { id: string; name?: string } | undefined {
  const { head: above } = partsUsed(used)
  if (above?.type === 'image') return above.image
  if (above?.type === 'video') return above.video
  if (above?.type !== 'document') return undefined
  const { id, filename } = above.document
  return { id, ...(filename ? { name: filename } : {}) }
}

const mismatch = (details: string): Refusal =>
  refuse(132012, 'Parameter format does not match format in the created template', 400, details)
const miscounted = (details: string): Refusal =>
  refuse(132000, 'Number of parameters does not match the expected number of params', 400, details)

export function misfit(template: StoredTemplate, used: Used): Refusal | null {
  const made = partsOf(template.components)
  const given = partsUsed(used)
  const named = template.parameter_format.toUpperCase() === 'NAMED'
  const wanted = made.header?.format
  const received = given.head?.type.toUpperCase()
  if (wanted && wanted !== 'TEXT' && received !== wanted)
    return mismatch(`header: Format mismatch, expected ${wanted}, received ${received ?? 'UNKNOWN'}`)
  const heading = made.header?.format === 'TEXT' ? made.header.text : ''
  if (wanted !== undefined && wanted !== 'TEXT')
    return textMisfit('body', made.body?.text ?? '', given.body, named) ?? pressMisfit(made.buttons, given.buttons)
  if (received !== undefined && received !== 'TEXT')
    return mismatch(`header: Format mismatch, expected TEXT, received ${received}`)
  const above = given.head?.type === 'text' ? [given.head] : []
  return (
    textMisfit('header', heading, above, named) ??
    textMisfit('body', made.body?.text ?? '', given.body, named) ??
    pressMisfit(made.buttons, given.buttons)
  )
}

const limits = { header: 60, body: 1024 }

function textMisfit(part: 'header' | 'body', made: string, given: readonly Text[], named: boolean): Refusal | null {
  const names = namesIn(made)
  if (names.length !== given.length)
    return miscounted(
      `${part}: number of localizable_params (${given.length}) does not match the expected number of params (${names.length})`,
    )
  if (given.some(({ text: value }) => /[\n\t]| {5}/u.test(value)))
    return refuse(
      132018,
      'Invalid parameter',
      400,
      'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
    )
  if (
    given.some(({ parameter_name: name }) => (named ? name === undefined || !names.includes(name) : name !== undefined))
  )
    return refuse(100, 'Invalid parameter', 400, 'Parameter name is missing or empty')
  return Array.from(filled(made, given)).length > limits[part]
    ? refuse(132005, 'Template Hydrated Text Too Long', 400, `${part} is too long`)
    : null
}

function pressMisfit(made: readonly Button[], given: ReturnType<typeof partsUsed>['buttons']): Refusal | null {
  const kinds = { url: 'URL', quick_reply: 'QUICK_REPLY', copy_code: 'COPY_CODE' }
  for (const { sub_type: kind, index: at } of given) {
    const there = made[Number(at)]
    if (there?.type !== kinds[kind] || (there.type === 'URL' && !there.url.includes('{{')))
      return mismatch(`buttons: Button at index ${at} takes no parameter of type ${kind}`)
  }
  const wants = made.findIndex(
    (one, at) =>
      (one.type === 'COPY_CODE' || (one.type === 'URL' && one.url.includes('{{'))) &&
      !given.some(({ index: place }) => Number(place) === at),
  )
  return wants < 0
    ? null
    : refuse(131008, 'Required parameter is missing', 400, `buttons: Button at index ${wants} requires a parameter`)
}

const filled = (made: string, given: readonly Text[]): string =>
  made.replace(/\{\{(\w+)\}\}/gu, (_whole, name: string) => {
    const value = given.find(({ parameter_name: param }) => param === name) ?? given[Number(name) - 1]
    return value?.text ?? ''
  })

/** The words that the phone shows, without the buttons. */
export function wordsUsed(template: StoredTemplate, used: Used): string {
  const made = partsOf(template.components)
  const given = partsUsed(used)
  const above = given.head?.type === 'text' ? [given.head] : []
  const place = given.head?.type === 'location' ? `${given.head.location.name}, ${given.head.location.address}` : ''
  const heading = made.header?.format === 'TEXT' ? filled(made.header.text, above) : place
  return [heading, filled(made.body?.text ?? '', given.body), made.footer?.text].filter(Boolean).join('\n')
}

/** Quick replies with what comes back of them. */
export function choicesUsed(template: StoredTemplate, used: Used): { id: string; label: string }[] {
  const given = partsUsed(used).buttons
  return partsOf(template.components).buttons.flatMap((one, at) => {
    if (one.type !== 'QUICK_REPLY') return []
    const own = given.find(({ index: place }) => Number(place) === at)
    const payload = own?.sub_type === 'quick_reply' ? own.parameters[0]?.payload : undefined
    return [{ id: payload ?? one.text, label: one.text }]
  })
}

/** What the other buttons open and copy. */
export function linksUsed(template: StoredTemplate, used: Used): string[] {
  const given = partsUsed(used).buttons
  return partsOf(template.components).buttons.flatMap((one, at) => {
    const own = given.find(({ index: place }) => Number(place) === at)
    if (one.type === 'URL')
      return [
        `${one.text}: ${one.url.replace('{{1}}', own?.sub_type === 'url' ? (own.parameters[0]?.text ?? '') : '')}`,
      ]
    return own?.sub_type === 'copy_code' ? [`Copy offer code: ${own.parameters[0]?.coupon_code}`] : []
  })
}
