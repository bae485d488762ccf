import { z } from 'zod'
import { type Context, isProblem, type Template } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import { templateStateOf } from './account-events.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'

const component = z.looseObject({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  buttons: z
    .array(z.looseObject({ type: z.string() }))
    .optional()
    .catch(undefined),
})
const known = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().catch(''),
  rejected_reason: z.string().optional().catch(undefined),
  components: z.array(component).catch([]),
})
const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional()
    .catch(undefined),
})
const variable = /\{\{\s*(\w+)\s*\}\}/gu

export async function list(context: Context<Config>): Promise<Template[] | Problem> {
  const found: Template[] = []
  for (let after: string | undefined, pages = 0; pages < 100; pages += 1) {
    // One page says where the next begins.
    const answer = await graph(context, {
      method: 'GET',
      path: `${context.config.businessAccountId}/message_templates`,
      query: {
        fields: 'name,language,status,category,components,rejected_reason',
        limit: '100',
        ...(after ? { after } : {}),
      },
    })
    if (answer.kind !== 'ok') return problemOf(answer, rules)
    const { data, paging } = page.safeParse(answer.value).data ?? { data: [] }
    found.push(...data.flatMap((item) => templateOf(item) ?? []))
    after = paging?.next ? paging.cursors?.after : undefined
    if (!after) break
  }
  return found
}

function templateOf(item: unknown): Template | null {
  const template = known.safeParse(item).data
  if (!template) return null
  const { name, language, status, category, components, rejected_reason: rejected } = template
  const textIn = (type: string) => components.find((one) => one.type.toUpperCase() === type)?.text
  const text = [textIn('HEADER'), textIn('BODY'), textIn('FOOTER')].filter(Boolean).join('\n')
  const parameters = [...(textIn('BODY') ?? '').matchAll(variable)].map(([, parameter = '']) => parameter)
  const beyond = beyondUs(components, parameters)
  const reason = beyond ?? (rejected && rejected !== 'NONE' ? rejected : undefined)
  return {
    name,
    language,
    category,
    text,
    components: partsOf(components),
    parameters: [...new Set(parameters)],
    state: beyond ? 'disabled' : templateStateOf(status),
    ...(reason ? { reason } : {}),
  }
}

function partsOf(components: readonly z.infer<typeof component>[]): NonNullable<Template['components']> {
  const texts = (['header', 'body', 'footer'] as const).flatMap((part) => {
    const text = components.find(({ type }) => type.toLowerCase() === part)?.text
    return text ? [{ part, text }] : []
  })
  const buttons = components.flatMap((one) => one.buttons ?? [])
  const labels = buttons.flatMap(({ text }) => (typeof text === 'string' && text !== '' ? [text] : []))
  return [...texts, ...labels.map((text) => ({ part: 'button' as const, text }))]
}

/** Messages fill the numbered places of the body; templates that want more than that would only be refused. */
function beyondUs(components: readonly z.infer<typeof component>[], parameters: readonly string[]): string | undefined {
  if (parameters.some((name) => !/^\d+$/.test(name))) return 'Has named variables; only numbered ones can be filled in'
  const header = components.find(({ type }) => type.toUpperCase() === 'HEADER')
  if (header?.format && header.format !== 'TEXT') return `Needs a header of type ${header.format}`
  if (header?.text && /\{\{/u.test(header.text)) return 'Has a variable in its header'
  const buttons = components.flatMap((one) => one.buttons ?? [])
  if (
    buttons.some(
      ({ type, url }) => type === 'OTP' || type === 'FLOW' || (typeof url === 'string' && url.includes('{{')),
    )
  )
    return 'Has a button that wants to be filled in'
  return undefined
}

export async function remove(name: string, context: Context<Config>): Promise<Problem | null> {
  const path = `${context.config.businessAccountId}/message_templates`
  const answer = await graph(context, { method: 'DELETE', path, query: { name } })
  return answer.kind === 'ok' ? null : refused(problemOf(answer, rules))
}

export const refused = (problem: Problem): Problem =>
  isProblem(problem) && problem.code === 'content-refused' ? { ...problem, code: 'template-refused' } : problem
