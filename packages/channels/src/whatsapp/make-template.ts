import { placesIn, type TemplateButton, type TemplateDraft, type TemplateRules } from '@qiao/protocol'
import { z } from 'zod'
import type { Context, Template } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import { templateStateOf } from './account-events.ts'
import type { Config } from './config.ts'
import { rules as errorRules } from './errors.ts'
import { refused } from './templates.ts'

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components (2025-11-21) */
export const rules: TemplateRules = {
  name: { pattern: '[a-z0-9_]+', most: 512 },
  languages: languages(),
  // Words of login codes are the provider's own.
  categories: ['utility', 'marketing'],
  header: 60,
  body: 1024,
  footer: 60,
  parameters: 25,
  parametersAtEdge: false,
  buttons: {
    most: 10,
    label: 25,
    kinds: [
      { kind: 'reply', most: 10 },
      { kind: 'url', most: 2 },
      { kind: 'phone', most: 1 },
    ],
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

/** Named places become numbered ones; their names are the examples that the reviewers want to see. */
export async function submit(draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem> {
  const { name, language, category, parameters, header, footer } = draft
  const places = placesIn(draft.text)
  const text = draft.text.replaceAll(
    /\{\{\s*(\w+)\s*\}\}/gu,
    (_whole, place: string) => `{{${places.indexOf(place) + 1}}}`,
  )
  const examples = places.map((place, at) => parameters[at] || place)
  const components = [
    ...(header ? [{ type: 'HEADER', format: 'TEXT', text: header }] : []),
    { type: 'BODY', text, ...(examples.length > 0 ? { example: { body_text: [examples] } } : {}) },
    ...(footer ? [{ type: 'FOOTER', text: footer }] : []),
    ...(draft.buttons.length > 0 ? [{ type: 'BUTTONS', buttons: buttonsOf(draft.buttons) }] : []),
  ]
  const answer = await graph(context, {
    method: 'POST',
    path: `${context.config.businessAccountId}/message_templates`,
    json: { name, language, category: category.toUpperCase(), components },
  })
  if (answer.kind !== 'ok') return refused(problemOf(answer, errorRules))
  const { status, category: given } = created.parse(answer.value)
  return {
    name,
    language,
    category: given ?? category,
    text: [header, text, footer].filter(Boolean).join('\n'),
    parameters: places.map((_place, at) => `${at + 1}`),
    state: templateStateOf(status),
  }
}

/** Quick replies have to stand together. */
function buttonsOf(buttons: readonly TemplateButton[]) {
  const replies = buttons.filter(({ kind }) => kind === 'reply')
  return [...replies, ...buttons.filter(({ kind }) => kind !== 'reply')].map((button) => {
    const text = button.label
    if (button.kind === 'url') return { type: 'URL', text, url: button.url }
    return button.kind === 'phone'
      ? { type: 'PHONE_NUMBER', text, phone_number: button.phone }
      : { type: 'QUICK_REPLY', text }
  })
}
