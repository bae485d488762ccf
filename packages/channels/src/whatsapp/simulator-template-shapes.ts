import { z } from 'zod'

/** What the endpoint of templates takes, written from the documentation and apart from what makes them. */
const label = z.string().min(1).max(25)
const sample = z.string().min(1)
const plain = z.string().min(1).max(60)
const namedExamples = z.array(z.strictObject({ param_name: z.string().regex(/^[a-z0-9_]+$/), example: sample })).min(1)
const header = z.discriminatedUnion('format', [
  z.strictObject({
    type: z.literal('HEADER'),
    format: z.literal('TEXT'),
    text: plain,
    example: z
      .union([
        z.strictObject({ header_text: z.array(sample).length(1) }),
        z.strictObject({ header_text_named_params: namedExamples.length(1) }),
      ])
      .optional(),
  }),
  z.strictObject({
    type: z.literal('HEADER'),
    format: z.enum(['IMAGE', 'VIDEO', 'DOCUMENT']),
    example: z.strictObject({ header_handle: z.array(sample).length(1) }),
  }),
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('LOCATION') }),
])
const body = z.strictObject({
  type: z.literal('BODY'),
  text: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^(?!\s*\{\{)[^]*(?<!\}\}\s*)$/u),
  example: z
    .union([
      z.strictObject({ body_text: z.array(z.array(sample)).length(1) }),
      z.strictObject({ body_text_named_params: namedExamples }),
    ])
    .optional(),
})
const footer = z.strictObject({ type: z.literal('FOOTER'), text: plain.regex(/^[^{}]*$/) })
const button = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('QUICK_REPLY'), text: label }),
  z
    .strictObject({
      type: z.literal('URL'),
      text: label,
      url: z
        .string()
        .regex(/^https?:\/\/[^{}]+(?:\{\{1\}\})?$/)
        .max(2000),
      example: z.array(z.url()).length(1).optional(),
    })
    .refine(({ url, example }) => url.includes('{{') === (example !== undefined), 'A variable needs an example'),
  z.strictObject({ type: z.literal('PHONE_NUMBER'), text: label, phone_number: z.string().min(1).max(20) }),
  z.strictObject({ type: z.literal('COPY_CODE'), example: z.string().min(1).max(15) }),
])
const buttons = z.strictObject({ type: z.literal('BUTTONS'), buttons: z.array(button).min(1).max(10) })
export type Component = z.infer<typeof header> | z.infer<typeof body> | z.infer<typeof footer> | z.infer<typeof buttons>
export type Button = z.infer<typeof button>

const component = z.union([header, body, footer, buttons])
const of = <Type extends Component['type']>(components: readonly Component[], type: Type) =>
  components.find((one): one is Extract<Component, { type: Type }> => one.type === type)

export const partsOf = (components: readonly Component[]) => ({
  header: of(components, 'HEADER'),
  body: of(components, 'BODY'),
  footer: of(components, 'FOOTER'),
  buttons: of(components, 'BUTTONS')?.buttons ?? [],
})

export const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name = '']) => name)),
]
export const textsOf = (components: readonly Component[]): string[] =>
  components.flatMap((one) => ('text' in one ? [one.text] : []))

/** Numbers from one, or names, as the format says; as many examples as there are places. */
function isWhole({ components, parameter_format: format }: { components: Component[]; parameter_format: string }) {
  const { header: head, body: words } = partsOf(components)
  const named = format.toUpperCase() === 'NAMED'
  const texts = [words, head?.format === 'TEXT' ? head : undefined]
  return texts.every((one) => {
    if (!one) return true
    const names = namesIn(one.text)
    const isRight = named
      ? names.every((name) => /^[a-z][a-z0-9_]*$/u.test(name))
      : names.every((name) => Number(name) >= 1 && Number(name) <= names.length)
    return isRight && examplesIn(one.example, named) === names.length
  })
}

function examplesIn(example: object | undefined, named: boolean): number {
  for (const [name, value] of Object.entries(example ?? {})) {
    if (name.endsWith('named_params') !== named || !Array.isArray(value)) return -1
    const [first] = value
    return Array.isArray(first) ? first.length : value.length
  }
  return 0
}

export const asked = z
  .object({
    name: z
      .string()
      .regex(/^[a-z0-9_]+$/)
      .max(512),
    language: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/),
    category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
    parameter_format: z.string().default('POSITIONAL'),
    components: z.array(component).min(1).max(4),
  })
  .refine(({ components }) => partsOf(components).body !== undefined, 'A body is needed')
  .refine(isWhole, 'Message templates with variables need an example of each')
  .refine(
    ({ category, components }) =>
      category === 'MARKETING' || partsOf(components).buttons.every(({ type }) => type !== 'COPY_CODE'),
    'Only marketing templates copy a code',
  )
  .refine(
    ({ components }) => partsOf(components).buttons.filter(({ type }) => type === 'COPY_CODE').length <= 1,
    'One code to copy',
  )
