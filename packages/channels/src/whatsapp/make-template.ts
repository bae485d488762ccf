import type { TemplateDraft, TemplateRules } from '@qiao/protocol'
import { z } from 'zod'
import { type Context, isProblem, type MakeContext, type Template } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { rules as errorRules } from './errors.ts'
import { mostOfCode, templateOf } from './read-template.ts'
import { componentsOf, isNamed } from './template-components.ts'
import { refused } from './templates.ts'
import { uploadSample } from './upload-sample.ts'

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components (2025-11-21) */
export const rules: TemplateRules = {
  name: { pattern: '[a-z0-9_]+', most: 512 },
  languages: languages(),
  // Words of login codes are the provider's own.
  categories: ['utility', 'marketing'],
  header: 60,
  headerPlaces: 1,
  heads: ['image', 'video', 'file', 'location'],
  body: 1024,
  footer: 60,
  parameters: 25,
  parametersAtEdge: false,
  places: String.raw`\d+|[a-z][a-z0-9_]*`,
  alike: true,
  buttons: {
    most: 10,
    label: 25,
    kinds: [
      { kind: 'reply', most: 10 },
      { kind: 'url', most: 2 },
      { kind: 'phone', most: 1 },
      { kind: 'code', most: 1, categories: ['marketing'] },
    ],
    places: true,
    code: mostOfCode,
  },
}

/** …/templates/supported-languages (2026-11) */
function languages(): string[] {
  const all =
    'af sq ar az bn bg ca zh_CN zh_HK zh_TW hr cs da nl en en_GB en_US et fil fi fr ka de el gu ha he hi hu id ga it ja kn kk ' +
    'rw_RW ko ky_KG lo lv lt mk ms ml mr nb fa pl pt_BR pt_PT pa ro ru sr sk sl es es_AR es_ES es_MX sw sv ta te th tr uk ur uz vi zu'
  return all.split(' ')
}

const created = z.object({ status: z.string().catch('PENDING'), category: z.string().optional().catch(undefined) })

export async function submit(draft: TemplateDraft, context: MakeContext<Config>): Promise<Template | Problem> {
  const { name, language, category, head } = draft
  const sample = head && 'attachmentId' in head ? await uploadSample(head.attachmentId, context) : null
  if (sample !== null && isProblem(sample)) return refused(sample)
  const components = componentsOf(draft, sample)
  const format = isNamed(draft) ? { parameter_format: 'NAMED' } : {}
  const answer = await create({ name, language, category: category.toUpperCase(), ...format, components }, context)
  if (answer.kind !== 'ok') return refused(problemOf(answer, errorRules))
  const { status, category: given } = created.parse(answer.value)
  const made = templateOf({ name, language, status, category: given ?? category, ...format, components })
  return made ?? { code: 'provider-failed', detail: 'The template was answered in no documented shape' }
}

const create = (json: object, context: Context<Config>) =>
  graph(context, { method: 'POST', path: `${context.config.businessAccountId}/message_templates`, json })
