import { z } from 'zod'
import type { Context, Template } from '../contract.ts'
import type { TemplateState } from '../events.ts'
import { languageOf } from '../families/sms-cn/reply.ts'
import { titleOf } from '../families/sms-cn/template-draft.ts'
import type { Problem } from '../problem.ts'
import { call } from './api.ts'
import type { Config } from './config.ts'

const listed = z.object({
  DescribeTemplateStatusSet: z.array(
    z.object({
      TemplateId: z.union([z.number(), z.string()]).transform(String),
      StatusCode: z.number(),
      ReviewReply: z.string().catch(''),
      TemplateName: z.string().catch(''),
      TemplateContent: z.string().catch(''),
    }),
  ),
})
/** 2 is approved and not in use yet. */
const stateOf = (code: number): TemplateState => (code === 0 ? 'approved' : code === -1 ? 'rejected' : 'pending')

const variable = /\{(\d{1,2})\}/gu
const categories = ['domestic', 'international'] as const
const pageSize = 100

/** https://cloud.tencent.com/document/api/382/5819 (2026-11) */
export async function listTemplates(context: Context<Config>): Promise<Template[] | Problem> {
  const found = new Map<string, Template>()
  for (const [International, category] of categories.entries()) {
    for (let page = 0; page < 20; page += 1) {
      const query = { International, Limit: pageSize, Offset: page * pageSize }
      const answer = await call('DescribeSmsTemplateList', query, context)
      if (answer.kind !== 'ok') return answer.problem
      const list = listed.safeParse(answer.body).data?.DescribeTemplateStatusSet ?? []
      // Those of both kinds are in both lists.
      for (const one of list) if (!found.has(one.TemplateId)) found.set(one.TemplateId, templateOf(one, category))
      if (list.length < pageSize) break
    }
  }
  return [...found.values()]
}

type Listed = z.infer<typeof listed>['DescribeTemplateStatusSet'][number]
function templateOf({ TemplateId: name, TemplateContent: content, ...more }: Listed, category: string): Template {
  const state = stateOf(more.StatusCode)
  const numbers = [...new Set([...content.matchAll(variable)].map(([, number = '']) => number))]
  return {
    name,
    ...titleOf(more.TemplateName, name),
    language: languageOf(content),
    category,
    state,
    text: content.replace(variable, '{{$1}}'),
    parameters: numbers.toSorted((one, other) => Number(one) - Number(other)),
    ...(more.ReviewReply && state === 'rejected' ? { reason: more.ReviewReply } : {}),
  }
}
