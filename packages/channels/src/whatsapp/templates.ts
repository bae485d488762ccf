import { z } from 'zod'
import { type Context, isProblem, type Template } from '../contract.ts'
import { graph, problemOf } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { rules } from './errors.ts'
import { templateOf } from './read-template.ts'

const page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional()
    .catch(undefined),
})
export async function list(context: Context<Config>): Promise<Template[] | Problem> {
  const found: Template[] = []
  for (let after: string | undefined, pages = 0; pages < 100; pages += 1) {
    // One page says where the next begins.
    const answer = await graph(context, {
      method: 'GET',
      path: `${context.config.businessAccountId}/message_templates`,
      query: {
        fields: 'name,language,status,category,parameter_format,components,rejected_reason',
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

export async function remove(name: string, context: Context<Config>): Promise<Problem | null> {
  const path = `${context.config.businessAccountId}/message_templates`
  const answer = await graph(context, { method: 'DELETE', path, query: { name } })
  return answer.kind === 'ok' ? null : refused(problemOf(answer, rules))
}

export const refused = (problem: Problem): Problem =>
  isProblem(problem) && problem.code === 'content-refused' ? { ...problem, code: 'template-refused' } : problem
