import { z } from 'zod'
import type { Context, Template } from '../contract.ts'
import type { TemplateState } from '../events.ts'
import { languageOf } from '../families/sms-cn/reply.ts'
import type { Problem } from '../problem.ts'
import { call } from './api.ts'
import type { Config } from './config.ts'

const listed = z.object({
  DescribeTemplateStatusSet: z.array(
    z.object({
      TemplateId: z.union([z.number(), z.string()]).transform(String),
      StatusCode: z.number(),
      ReviewReply: z.string().catch(''),
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
      for (const { TemplateId: name, StatusCode, ReviewReply: reason, TemplateContent: content } of list) {
        // Those of both kinds are in both lists.
        if (!found.has(name)) found.set(name, templateOf(name, category, stateOf(StatusCode), content, reason))
      }
      if (list.length < pageSize) break
    }
  }
  return [...found.values()]
}

function templateOf(name: string, category: string, state: TemplateState, content: string, reason: string): Template {
  const numbers = [...new Set([...content.matchAll(variable)].map(([, number = '']) => number))]
  return {
    name,
    language: languageOf(content),
    category,
    state,
    text: content.replace(variable, '{{$1}}'),
    parameters: numbers.toSorted((one, other) => Number(one) - Number(other)),
    ...(reason && state === 'rejected' ? { reason } : {}),
  }
}
