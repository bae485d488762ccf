import { placesIn, type TemplateDraft, type TemplateRules } from '@qiao/protocol'
import { z } from 'zod'
import type { Context, Template } from '../contract.ts'
import { commonRules, remarkOf, submitted, wordsOf } from '../families/sms-cn/template-draft.ts'
import type { JsonObject } from '../json.ts'
import type { Problem } from '../problem.ts'
import { call } from './api.ts'
import type { Config } from './config.ts'

/** https://cloud.tencent.com/document/api/382/55974 and /product/382/39023 (2025-06-17) */
export const rules: TemplateRules = {
  ...commonRules,
  // «No fixed rule»: it is to be read in lists.
  name: { pattern: '[^\\n]+', most: 50 },
  edits: ['pending', 'rejected'],
}
const types = ['', 'promotion', 'notification', 'verification']

const made = z.object({ AddTemplateStatus: z.object({ TemplateId: z.union([z.string(), z.number()]) }) })

export async function submit(draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem> {
  const answer = await call('AddSmsTemplate', requestOf(draft, context.config), context)
  if (answer.kind !== 'ok') return answer.problem
  const id = made.safeParse(answer.body).data?.AddTemplateStatus.TemplateId
  return id === undefined ? { code: 'provider-failed', detail: 'No TemplateId' } : madeOf(String(id), draft)
}

export async function edit(id: string, draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem> {
  const request = { TemplateId: Number(id), ...requestOf(draft, context.config) }
  const answer = await call('ModifySmsTemplate', request, context)
  return answer.kind === 'ok' ? madeOf(id, draft) : answer.problem
}

/** Places are numbered from 1, whatever they were called. Those for abroad are made in the console. */
function requestOf(draft: TemplateDraft, config: Config): JsonObject {
  return {
    TemplateName: draft.name,
    TemplateContent: wordsOf(draft, (_name, at) => `{${at + 1}}`),
    SmsType: types.indexOf(draft.category),
    International: 0,
    Remark: remarkOf(draft, config),
  }
}

const madeOf = (id: string, draft: TemplateDraft): Template => {
  const numbers = placesIn(draft.text).map((_name, at) => `${at + 1}`)
  return submitted(
    id,
    draft,
    wordsOf(draft, (_name, at) => `{{${at + 1}}}`),
    numbers,
  )
}

export async function remove(id: string, context: Context<Config>): Promise<Problem | null> {
  const answer = await call('DeleteSmsTemplate', { TemplateId: Number(id) }, context)
  return answer.kind === 'ok' ? null : answer.problem
}
