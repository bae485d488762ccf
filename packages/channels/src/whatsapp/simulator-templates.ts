import { jsonAnswer, jsonOf, type Refusal, refuse } from '../families/meta/simulator.ts'
import type { ApiRequest } from '../simulator.ts'
import { asked, type Component, partsOf } from './simulator-template-shapes.ts'
import { misfit, type Used } from './simulator-template-use.ts'

export interface StoredTemplate {
  name: string
  language: string
  category: string
  status: string
  parameter_format: string
  components: readonly Component[]
}

/**
 * Templates wait for a review, and its outcome comes by webhook. Names with «rejected» in them are; those with «slow»
 * wait until `review` is called.
 */
export function createTemplateDesk(
  tell: (field: string, value: object, key: string) => Promise<void>,
  isSample: (handle: string) => boolean,
) {
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
    if (!data) return refuse(100, 'Invalid parameter', 400, error?.message)
    const { header } = partsOf(data.components)
    if (header && 'example' in header && header.example && 'header_handle' in header.example)
      if (!header.example.header_handle.every(isSample)) return refuse(100, 'Invalid parameter', 400, 'header_handle')
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
    refused(used: Used, refusesMarketing: boolean): Refusal | null {
      const template = find(used.name, used.language.code)
      if (!template) return refuse(132001, 'Template name does not exist', 404)
      if (template.status === 'PAUSED') return refuse(132015, 'Template is Paused')
      if (template.status === 'DISABLED') return refuse(132016, 'Template is Disabled')
      if (template.status !== 'APPROVED') return refuse(132001, 'Template name does not exist', 404)
      const wrong = misfit(template, used)
      if (wrong) return wrong
      return template.category === 'MARKETING' && refusesMarketing
        ? refuse(131050, 'User stopped marketing messages')
        : null
    },
  }
}
