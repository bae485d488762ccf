import { placesIn, type TemplateDraft, type TemplateRules } from '@qiao/protocol'
import type { Context, Template } from '../contract.ts'
import { commonRules, remarkOf, submitted, wordsOf } from '../families/sms-cn/template-draft.ts'
import type { Problem } from '../problem.ts'
import { call } from './api.ts'
import type { Config } from './config.ts'

const notice = ['notification', 'promotion']
const kind = (name: string, zh: string, en: string, categories = notice) => ({
  kind: name,
  words: { zh, en },
  categories,
})

/** https://help.aliyun.com/document_detail/2807431.html (2025-04-21) */
export const rules: TemplateRules = {
  ...commonRules,
  name: { pattern: '[^\\n]+', most: 30 },
  places: '(?!(?:email|mobile|id|nick|site)$)[A-Za-z]\\w{0,24}',
  // https://help.aliyun.com/document_detail/2806243.html (2024-12-30)
  kinds: [
    kind('others', '其他，最多 35 字', 'Other, up to 35 characters'),
    kind('name', '个人姓名', 'Name of a person'),
    kind('unit_name', '企业或组织名称', 'Name of a company'),
    kind('other_number2', '编号：字母和数字', 'Number: letters and digits'),
    kind('tracking_number', '快递单号', 'Tracking number'),
    kind('pick_up_code', '取件码', 'Pick-up code'),
    kind('time', '时间', 'Time'),
    kind('money', '金额', 'Amount of money'),
    kind('phone_number2', '电话号码', 'Phone number'),
    kind('address', '地址', 'Address'),
    kind('license_plate', '车牌号', 'Licence plate'),
    kind('numberCaptcha', '4 到 6 位数字', '4 to 6 digits', ['verification']),
    kind('characterWithNumber2', '4 到 6 位字母和数字', '4 to 6 letters and digits', ['verification']),
  ],
  byCategory: {
    ...commonRules.byCategory,
    verification: { parameters: 1, oneOf: ['验证码', '注册码', '校验码', '动态码', '动态密码'] },
  },
  edits: ['rejected'],
}
const types = ['verification', 'notification', 'promotion']

export const submit = (draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem> =>
  put('CreateSmsTemplate', {}, draft, context)

export const edit = (code: string, draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem> =>
  put('UpdateSmsTemplate', { TemplateCode: code }, draft, context)

async function put(
  action: string,
  which: { TemplateCode?: string },
  draft: TemplateDraft,
  context: Context<Config>,
): Promise<Template | Problem> {
  const names = placesIn(draft.text)
  const held = Object.fromEntries(names.map((name, at) => [name, draft.kinds?.[at] ?? 'others']))
  const answer = await call(
    action,
    {
      ...which,
      TemplateName: draft.name,
      TemplateType: String(types.indexOf(draft.category)),
      TemplateContent: wordsOf(draft, (name) => `\${${name}}`),
      RelatedSignName: context.config.signName,
      Remark: remarkOf(draft, context.config),
      ...(names.length > 0 ? { TemplateRule: JSON.stringify(held) } : {}),
    },
    context,
  )
  if (answer.kind !== 'ok') return answer.problem
  const code = answer.body.TemplateCode
  if (typeof code !== 'string') return { code: 'provider-failed', detail: 'No TemplateCode' }
  return submitted(
    code,
    draft,
    wordsOf(draft, (name) => `{{${name}}}`),
    names,
  )
}

export async function remove(code: string, context: Context<Config>): Promise<Problem | null> {
  const answer = await call('DeleteSmsTemplate', { TemplateCode: code }, context)
  return answer.kind === 'ok' ? null : answer.problem
}
