import { z } from 'zod'
import { jsonAnswer, jsonOf, type Refusal, refuse } from '../families/meta/simulator.ts'
import type { ApiRequest } from '../simulator.ts'

export interface StoredTemplate {
  name: string
  language: string
  category: string
  status: string
  components: readonly Component[]
}
type Component = z.infer<typeof component>
interface Used {
  name: string
  language: { code: string }
  components?: readonly { parameters: readonly unknown[] }[] | undefined
}

const label = z.string().min(1).max(25)
const fixed = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[^{}]*$/)
const component = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('HEADER'), format: z.literal('TEXT'), text: fixed }),
  z.strictObject({
    type: z.literal('BODY'),
    text: z
      .string()
      .min(1)
      .max(1024)
      .regex(/^(?!\s*\{\{)[^]*(?<!\}\}\s*)$/u),
    example: z.strictObject({ body_text: z.array(z.array(z.string().min(1))).length(1) }).optional(),
  }),
  z.strictObject({ type: z.literal('FOOTER'), text: fixed }),
  z.strictObject({
    type: z.literal('BUTTONS'),
    buttons: z
      .array(
        z.discriminatedUnion('type', [
          z.strictObject({ type: z.literal('QUICK_REPLY'), text: label }),
          z.strictObject({ type: z.literal('URL'), text: label, url: z.url().max(2000) }),
          z.strictObject({ type: z.literal('PHONE_NUMBER'), text: label, phone_number: z.string().min(1).max(20) }),
        ]),
      )
      .min(1)
      .max(10),
  }),
])
const asked = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .max(512),
  language: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
  components: z.array(component).min(1).max(4),
})
const bodyOf = (components: readonly Component[]) => components.find((one) => one.type === 'BODY')
const placesOf = (text: string): number => new Set(text.match(/\{\{\d+\}\}/gu)).size

/** The words as the phone shows them, with the places. */
export const wordsOf = ({ components }: StoredTemplate): string =>
  components.flatMap((one) => ('text' in one ? [one.text] : [])).join('\n')

export const repliesOf = ({ components }: StoredTemplate): string[] =>
  components
    .flatMap((one) => (one.type === 'BUTTONS' ? one.buttons : []))
    .flatMap(({ type, text }) => (type === 'QUICK_REPLY' ? [text] : []))

/**
 * Templates wait for a review, and its outcome comes by webhook. Names with «rejected» in them are; those with «slow»
 * wait until `review` is called.
 */
export function createTemplateDesk(tell: (field: string, value: object, key: string) => Promise<void>) {
  let templates: StoredTemplate[] = []
  const find = (name: string, language: string): StoredTemplate | undefined =>
    templates.find((one) => one.name === name && one.language === language)

  function review(name: string, status: string, reason = status === 'REJECTED' ? 'ABUSIVE_CONTENT' : 'NONE'): void {
    for (const template of templates.filter((one) => one.name === name)) decide(template, status, reason)
  }
  function decide(template: StoredTemplate, status: string, reason: string): void {
    template.status = status
    const { name, language, category } = template
    const facts = { message_template_id: 1_689_556_908_129_832, message_template_name: name }
    const rest = { message_template_language: language, reason, message_template_category: category }
    void tell('message_template_status_update', { event: status, ...facts, ...rest }, 'account')
  }

  function create(sent: Buffer) {
    const { data, error } = asked.safeParse(jsonOf(sent))
    const body = bodyOf(data?.components ?? [])
    if (!data || !body) return refuse(100, 'Invalid parameter', 400, error?.message)
    const examples = body.example?.body_text[0]?.length ?? 0
    if (examples !== placesOf(body.text)) {
      return refuse(100, 'Invalid parameter', 400, 'Message templates with variables need an example of each')
    }
    if (find(data.name, data.language)) return refuse(100, 'Content in this language already exists')
    const { category, ...rest } = data
    const made = { ...rest, category, status: 'PENDING' }
    templates.push(made)
    if (made.name.includes('rejected')) decide(made, 'REJECTED', 'ABUSIVE_CONTENT')
    else if (!made.name.includes('slow')) decide(made, 'APPROVED', 'NONE')
    return jsonAnswer(200, { id: '1689556908129833', status: 'PENDING', category })
  }

  return {
    review,
    find,
    call({ method, url, body }: ApiRequest) {
      if (method === 'POST') return create(body)
      if (method === 'DELETE') {
        const kept = templates.filter(({ name }) => name !== url.searchParams.get('name'))
        if (kept.length === templates.length) return refuse(100, 'Message template not found', 404)
        templates = kept
        return jsonAnswer(200, { success: true })
      }
      // One to a page, so that whoever lists them has to turn it.
      const at = Number(url.searchParams.get('after') ?? 0)
      const data = templates.slice(at, at + 1)
      const next = at + 1 < templates.length ? { next: `${url.href}&after=${at + 1}` } : {}
      return jsonAnswer(200, { data, paging: { cursors: { before: String(at), after: String(at + 1) }, ...next } })
    },
    refused({ name, language, components }: Used, refusesMarketing: boolean): Refusal | null {
      const template = find(name, language.code)
      if (!template) return refuse(132001, 'Template name does not exist', 404)
      if (template.status === 'PAUSED') return refuse(132015, 'Template is Paused')
      if (template.status === 'DISABLED') return refuse(132016, 'Template is Disabled')
      if (template.status !== 'APPROVED') return refuse(132001, 'Template name does not exist', 404)
      const given = components?.[0]?.parameters.length ?? 0
      if (placesOf(bodyOf(template.components)?.text ?? '') !== given)
        return refuse(132000, 'Template Param Count Mismatch')
      return template.category === 'MARKETING' && refusesMarketing
        ? refuse(131050, 'User stopped marketing messages')
        : null
    },
  }
}
