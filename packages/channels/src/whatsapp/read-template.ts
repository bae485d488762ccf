import type { TemplateHead, TemplatePart, TemplatePlace } from '@qiao/protocol'
import { z } from 'zod'
import type { Template } from '../contract.ts'
import { templateStateOf } from './account-events.ts'
import { placesOfText, reading } from './template-places.ts'

/** …/templates/components (2025-11-21) */
const button = z.looseObject({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  example: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
})
const named = z
  .array(z.object({ param_name: z.string(), example: z.string() }))
  .optional()
  .catch(undefined)
const component = z.looseObject({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  example: z
    .looseObject({
      header_text: z.array(z.string()).optional().catch(undefined),
      header_text_named_params: named,
      body_text: z.array(z.array(z.string())).optional().catch(undefined),
      body_text_named_params: named,
    })
    .optional()
    .catch(undefined),
  buttons: z.array(button).optional().catch(undefined),
})
type Component = z.infer<typeof component>
type Button = z.infer<typeof button>
const known = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().catch(''),
  parameter_format: z.string().optional().catch(undefined),
  rejected_reason: z.string().optional().catch(undefined),
  components: z.array(component).catch([]),
})

/** What is filled in, each under a name of its own in the words, and how it looks. */
interface Read {
  parts: TemplatePart[]
  places: { key: string; place: TemplatePlace }[]
}

const heads: Readonly<Record<string, TemplateHead>> = {
  IMAGE: 'image',
  VIDEO: 'video',
  DOCUMENT: 'file',
  LOCATION: 'location',
}

export function templateOf(item: unknown): Template | null {
  const template = known.safeParse(item).data
  if (!template) return null
  const { name, language, status, category, components, rejected_reason: rejected } = template
  const of = (type: string) => components.find((one) => one.type.toUpperCase() === type)
  const isNamed = template.parameter_format?.toUpperCase() === 'NAMED'
  const read = [
    headerOf(of('HEADER'), isNamed),
    bodyOf(of('BODY'), isNamed),
    footerOf(of('FOOTER')),
    buttonsOf(components.flatMap(({ buttons = [] }) => buttons)),
  ]
  const parts = read.flatMap((one) => one.parts)
  const places = read.flatMap((one) => one.places)
  const beyond = beyondUs(components)
  const reason = beyond ?? (rejected && rejected !== 'NONE' ? rejected : undefined)
  const header = heads[of('HEADER')?.format?.toUpperCase() ?? '']
  return {
    name,
    language,
    category,
    text: parts.flatMap(({ part, text }) => (part === 'button' ? [] : [text])).join('\n'),
    components: parts,
    parameters: places.map(({ key }) => key),
    places: places.map(({ place }) => place),
    ...(header ? { header } : {}),
    state: beyond ? 'disabled' : templateStateOf(status),
    ...(reason ? { reason } : {}),
  }
}

function headerOf(header: Component | undefined, isNamed: boolean): Read {
  if (!header?.text) return { parts: [], places: [] }
  const { example } = header
  const { words, places } = reading(header.text, (name) => `header.${name}`)
  return {
    parts: [{ part: 'header', text: words }],
    places: placesOfText(places, {
      part: 'header',
      text: header.text,
      isNamed,
      examples: example?.header_text ?? [],
      namedExamples: example?.header_text_named_params ?? [],
    }),
  }
}

function bodyOf(body: Component | undefined, isNamed: boolean): Read {
  if (!body?.text) return { parts: [], places: [] }
  const { example } = body
  const { words, places } = reading(body.text, (name) => name)
  return {
    parts: [{ part: 'body', text: words }],
    places: placesOfText(places, {
      part: 'body',
      text: body.text,
      isNamed,
      examples: example?.body_text?.[0] ?? [],
      namedExamples: example?.body_text_named_params ?? [],
    }),
  }
}

const footerOf = (footer: Component | undefined): Read => ({
  parts: footer?.text ? [{ part: 'footer', text: footer.text }] : [],
  places: [],
})

function buttonsOf(buttons: readonly Button[]): Read {
  const read = buttons.map((one, at) => buttonOf(one, at))
  return { parts: read.flatMap(({ parts }) => parts), places: read.flatMap(({ places }) => places) }
}

function buttonOf({ type, text = '', url, example }: Button, at: number): Read {
  const [sample] = Array.isArray(example) ? example : example === undefined ? [] : [example]
  const place = (name: string, does: 'url' | 'code', most: number, shown = sample) => ({
    key: `button${at + 1}.${name}`,
    place: { part: 'button' as const, name, button: at, does, most, ...(shown ? { example: shown } : {}) },
  })
  switch (type.toUpperCase()) {
    case 'QUICK_REPLY':
      return { parts: [{ part: 'button', text, does: 'reply' }], places: [] }
    case 'PHONE_NUMBER':
      return { parts: [{ part: 'button', text, does: 'phone' }], places: [] }
    case 'COPY_CODE': {
      // Meta writes the words on it.
      const code = place('code', 'code', mostOfCode)
      return {
        parts: [{ part: 'button', text: text || 'Copy offer code', does: 'code', code: `{{${code.key}}}` }],
        places: [code],
      }
    }
    case 'URL': {
      const { words, places } = reading(url ?? '', (name) => `button${at + 1}.${name}`)
      const before = (url ?? '').split('{{')[0] ?? ''
      // The example is the whole address; what is asked for is its end.
      const end = sample?.startsWith(before) ? sample.slice(before.length) : sample
      return {
        parts: [{ part: 'button', text, does: 'url', ...(url ? { url: words } : {}) }],
        places: places.map(({ name }) => place(name, 'url', mostOfAddress - before.length, end)),
      }
    }
    default:
      return { parts: text ? [{ part: 'button', text }] : [], places: [] }
  }
}

/** https://docs.gupshup.io/docs/copy-code (2025-11-03) */
export const mostOfCode = 15
export const mostOfAddress = 2000

const beyond: Readonly<Record<string, string>> = {
  OTP: 'Login codes are sent by the system that checks them',
  FLOW: 'Opens a form of Meta’s (Flow), which cannot be filled in here',
  CATALOG: 'Shows a catalogue, which is not known here',
  MPM: 'Shows products of a catalogue, which is not known here',
  SPM: 'Shows a product of a catalogue, which is not known here',
  ORDER_DETAILS: 'Asks for a payment, which is not made here',
  ORDER_STATUS: 'Tells of a payment, which is not made here',
  CAROUSEL: 'Has several cards, which cannot be filled in here',
  LIMITED_TIME_OFFER: 'Has an offer that runs out, which cannot be filled in here',
  PRODUCT: 'Has a product at its head, which is not known here',
  GIF: 'Has a moving picture at its head, which only the marketing API sends',
}

/** Kinds that would only be refused: why, in words. */
function beyondUs(components: readonly Component[]): string | undefined {
  const buttons = components.flatMap((one) => one.buttons ?? [])
  const kinds = [
    ...components.flatMap(({ type, format }) => [type, format ?? '']),
    ...buttons.map(({ type }) => type),
    ...(buttons.some(({ url }) => url?.includes('whatsapp.com/otp/')) ? ['OTP'] : []),
  ]
  return kinds.flatMap((kind) => beyond[kind.toUpperCase()] ?? [])[0]
}
