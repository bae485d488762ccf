import { z } from 'zod'
import { type Context, isProblem, type Template } from '../contract.ts'
import type { TemplateState } from '../events.ts'
import { languageOf } from '../families/sms-cn/reply.ts'
import { titleOf } from '../families/sms-cn/template-draft.ts'
import type { Problem } from '../problem.ts'
import { call } from './api.ts'
import type { Config } from './config.ts'

const listed = z.object({
  SmsTemplateList: z.array(
    z.object({
      TemplateCode: z.string(),
      TemplateName: z.string().catch(''),
      TemplateContent: z.string().catch(''),
      OuterTemplateType: z.coerce.number().catch(-1),
      AuditStatus: z.string(),
      Reason: z
        .union([z.string(), z.object({ RejectInfo: z.string().catch('') }).transform((r) => r.RejectInfo)])
        .catch(''),
    }),
  ),
})
/** The spelling of the last is theirs. */
const states: Readonly<Record<string, TemplateState>> = {
  AUDIT_STATE_INIT: 'pending',
  AUDIT_STATE_PASS: 'approved',
  AUDIT_STATE_NOT_PASS: 'rejected',
  AUDIT_SATE_CANCEL: 'disabled',
  AUDIT_STATE_CANCEL: 'disabled',
}
const categories = ['verification', 'notification', 'promotion', 'international']

const variable = /\$\{([A-Za-z]\w*)\}/gu
const namesIn = (content: string): string[] => [
  ...new Set([...content.matchAll(variable)].map(([, name = '']) => name)),
]

/** https://help.aliyun.com/document_detail/419288.html (2025-03-26): 50 at once. */
export async function listTemplates(context: Context<Config>): Promise<Template[] | Problem> {
  const found: Template[] = []
  for (let page = 1; page <= 40; page += 1) {
    const answer = await call('QuerySmsTemplateList', { PageIndex: String(page), PageSize: '50' }, context)
    if (answer.kind !== 'ok') return answer.problem
    const list = listed.safeParse(answer.body).data?.SmsTemplateList ?? []
    found.push(
      ...list.map(
        ({ TemplateCode: name, TemplateName: title, TemplateContent: content, AuditStatus: audit, ...more }) => ({
          name,
          ...titleOf(title, name),
          language: languageOf(content),
          category: categories[more.OuterTemplateType] ?? 'other',
          state: states[audit] ?? 'pending',
          text: content.replace(variable, '{{$1}}'),
          parameters: namesIn(content),
          ...(more.Reason && states[audit] === 'rejected' ? { reason: more.Reason } : {}),
        }),
      ),
    )
    if (list.length < 50) break
  }
  return found
}

const one = z.object({ TemplateContent: z.string() })
const keptMs = 600_000

/** Names of a template's variables in the order in which they stand. */
export async function variablesOf(code: string, context: Context<Config>): Promise<string[] | Problem> {
  const names = await context.tokens.get(`template ${code}`, async () => {
    const answer = await call('GetSmsTemplate', { TemplateCode: code }, context)
    if (answer.kind !== 'ok') return answer.problem
    const content = one.safeParse(answer.body).data?.TemplateContent ?? ''
    return { value: namesIn(content).join(' '), expiresInMs: keptMs }
  })
  if (isProblem(names)) return names
  return names === '' ? [] : names.split(' ')
}
