import { z } from 'zod'
import { jsonAnswer, jsonOf, type Refusal, refuse } from '../families/meta/simulator.ts'
import type { ApiRequest } from '../simulator.ts'

export interface StoredTemplate {
  name: string
  language: string
  category: string
  status: string
  text: string
}
interface Used {
  name: string
  language: { code: string }
  components?: readonly { parameters: readonly unknown[] }[] | undefined
}

const asked = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .max(512),
  language: z.string().regex(/^[a-z]{2,3}(?:_[A-Z]{2})?$/),
  category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']),
  components: z
    .array(
      z.object({
        type: z.literal('BODY'),
        text: z.string().min(1).max(1024),
        example: z.object({ body_text: z.array(z.array(z.string().min(1))).length(1) }).optional(),
      }),
    )
    .length(1),
})
const placesOf = (text: string): number => new Set(text.match(/\{\{\d+\}\}/gu)).size

/** Templates wait for a review, and its outcome comes by webhook. Names with «rejected» in them are. */
export function createTemplateDesk(tell: (field: string, value: object, key: string) => Promise<void>) {
  const templates = new Map<string, StoredTemplate>()

  function review(name: string, status: string, reason = status === 'REJECTED' ? 'ABUSIVE_CONTENT' : 'NONE'): void {
    const template = templates.get(name)
    if (!template) return
    template.status = status
    const facts = { message_template_id: 1_689_556_908_129_832, message_template_name: name }
    const rest = { message_template_language: template.language, reason, message_template_category: template.category }
    void tell('message_template_status_update', { event: status, ...facts, ...rest }, 'account')
  }

  function create(body: Buffer) {
    const { data, error } = asked.safeParse(jsonOf(body))
    const [component] = data?.components ?? []
    if (!data || !component) return refuse(100, 'Invalid parameter', 400, error?.message)
    const examples = component.example?.body_text[0]?.length ?? 0
    if (examples !== placesOf(component.text)) {
      return refuse(100, 'Invalid parameter', 400, 'Message templates with variables need an example of each')
    }
    if (templates.has(data.name)) return refuse(100, 'Content in this language already exists')
    const { name, language, category } = data
    templates.set(name, { name, language, category, status: 'PENDING', text: component.text })
    review(name, name.includes('rejected') ? 'REJECTED' : 'APPROVED')
    return jsonAnswer(200, { id: '1689556908129833', status: 'PENDING', category })
  }

  return {
    review,
    get: (name: string) => templates.get(name),
    call({ method, url, body }: ApiRequest) {
      if (method === 'POST') return create(body)
      if (method === 'DELETE') {
        const isGone = templates.delete(url.searchParams.get('name') ?? '')
        return isGone ? jsonAnswer(200, { success: true }) : refuse(100, 'Message template not found', 404)
      }
      // One to a page, so that whoever lists them has to turn it.
      const all = [...templates.values()]
      const at = Number(url.searchParams.get('after') ?? 0)
      const data = all
        .slice(at, at + 1)
        .map(({ text, ...facts }) => ({ ...facts, components: [{ type: 'BODY', text }] }))
      const next = at + 1 < all.length ? { next: `${url.href}&after=${at + 1}` } : {}
      return jsonAnswer(200, { data, paging: { cursors: { before: String(at), after: String(at + 1) }, ...next } })
    },
    refused({ name, language, components }: Used, refusesMarketing: boolean): Refusal | null {
      const template = templates.get(name)
      if (!template || template.language !== language.code) return refuse(132001, 'Template name does not exist', 404)
      if (template.status === 'PAUSED') return refuse(132015, 'Template is Paused')
      if (template.status === 'DISABLED') return refuse(132016, 'Template is Disabled')
      if (template.status !== 'APPROVED') return refuse(132001, 'Template name does not exist', 404)
      const given = components?.[0]?.parameters.length ?? 0
      if (placesOf(template.text) !== given) return refuse(132000, 'Template Param Count Mismatch')
      return template.category === 'MARKETING' && refusesMarketing
        ? refuse(131050, 'User stopped marketing messages')
        : null
    },
  }
}
