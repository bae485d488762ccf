import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { deliveryProblem } from '../entries.ts'
import { id, instant } from '../primitives.ts'
import { templateDraft, templateRules, templateStates } from '../template-draft.ts'
import { templateHeads, templatePart, templatePlace } from '../template-parts.ts'

const tag = 'Channels'
const params = z.object({ id })

/** A message whose words the provider has approved: it may go out when free words may not. */
export const messageTemplate = z.object({
  id,
  name: z.string(),
  title: z.string().nullable().describe('What people call it, where the provider names it by a code'),
  language: z.string(),
  category: z.string(),
  state: z.enum(templateStates),
  reason: z.string().nullable().describe('Why it cannot be sent, in the words of the provider'),
  text: z.string().describe('With `{{1}}` or `{{name}}` for what is filled in'),
  parameters: z.array(z.string()).describe('Names of what is filled in, in the order in which values are given'),
  places: z.array(templatePlace).describe('Where each of `parameters` goes; empty where all are of the body'),
  header: z.enum(templateHeads).nullable().describe('What has to be put above the words of each message'),
  components: z.array(templatePart),
})
export type MessageTemplate = z.infer<typeof messageTemplate>

const templateList = z.object({
  templates: z.array(messageTemplate),
  refreshedAt: instant.nullable(),
  problem: deliveryProblem.nullable().describe('Why they could not be asked for the last time'),
  rules: templateRules.nullable().describe('What can be submitted from here; null where they are made at the provider'),
  removes: z.boolean(),
})
export type TemplateList = z.infer<typeof templateList>

export const listTemplates = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/templates',
  access: 'conversations.read',
  tag,
  summary: 'Templates of an inbox, with their states at the provider',
  params,
  response: templateList,
})
export const refreshTemplates = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/templates/refresh',
  access: 'conversations.work',
  tag,
  summary: 'Ask the provider for the templates now',
  params,
  response: templateList,
})

export const createTemplate = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/templates',
  access: 'inboxes.manage',
  tag,
  summary: 'Submit a template to the provider, which looks at it first',
  params,
  body: templateDraft,
  status: 201,
  response: z.object({ template: messageTemplate.nullable(), problem: deliveryProblem.nullable() }),
})
export const editTemplate = endpoint({
  method: 'PUT',
  path: '/api/v1/inboxes/:id/templates/:name',
  access: 'inboxes.manage',
  tag,
  summary: 'Change a template and submit it again, in the states that the rules name',
  params: params.extend({ name: z.string().min(1).max(512) }),
  body: templateDraft,
  response: z.object({ template: messageTemplate.nullable(), problem: deliveryProblem.nullable() }),
})
export const removeTemplate = endpoint({
  method: 'DELETE',
  path: '/api/v1/inboxes/:id/templates/:name',
  access: 'inboxes.manage',
  tag,
  summary: 'Remove a template, in all its languages, at the provider',
  params: params.extend({ name: z.string().min(1).max(512) }),
  response: z.object({ problem: deliveryProblem.nullable() }),
})
